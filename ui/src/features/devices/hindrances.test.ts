import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LANGUAGES, setLanguage, has, t } from '$shared/i18n';
import { hindered } from './found-words';

const RUST = readFileSync(join(import.meta.dirname, '../../../../src-tauri/connectors/src/discovery/types.rs'), 'utf8');
const codes = [...(RUST.split('impl Reason {')[1] ?? '').matchAll(/Self::\w+(?:\(_\))? => "([a-z-]+)"/g)].map(
  ([, code]) => code ?? '',
);

/** DEV-01: whatever prevents a part of a search is said plainly, with what to do about it. */
describe('what hinders a search', () => {
  it('has words in every language', async () => {
    expect(codes).toContain('permission-denied');
    expect(codes).toContain('other');
    for (const language of LANGUAGES) {
      await setLanguage(language);
      const missing = codes.filter(
        (code) => !has(`discovery-hindrance-${code}`) || !has(`discovery-hindrance-${code}.action`),
      );
      expect([language, missing]).toEqual([language, []]);
    }
    await setLanguage('en');
  });

  it('is said once for each reason, with everything it prevented', () => {
    const one = { range: '', detail: '', reason: 'no-multicast' };
    const said = hindered([
      { ...one, way: 'mdns', interface: 'tun0' },
      { ...one, way: 'ssdp', interface: 'tun0' },
      { ...one, way: null, interface: '', reason: 'other', detail: 'os error 5' },
    ]);
    expect(said.map(({ reason, detail }) => [reason, detail])).toEqual([
      ['no-multicast', ''],
      ['other', 'os error 5'],
    ]);
    expect(said[0]?.text).toContain('mDNS on tun0 and SSDP on tun0');
    expect(said[1]?.title).toBe(t('discovery-hindrance-other'));
  });
});
