import { describe, expect, it } from 'vitest';
import { fieldsOf, preferencesOf } from './preferences-form';
import { preferences } from './sample';

/** ADM-03 */
describe('the preferences as a form', () => {
  it('comes back as it went in', () => {
    expect(preferencesOf(fieldsOf(preferences))).toEqual(preferences);
  });

  it('has a line for every application, and sends those with an address', () => {
    const fields = fieldsOf(preferences);
    expect(fields.addresses.map((address) => address.application)).toEqual([
      'one_x_portal',
      'web_license_manager',
      'web_control',
      'web_manager',
    ]);
    expect(preferencesOf(fields).addresses).toHaveLength(1);
  });

  it('keeps the version of terms, and drops terms that are switched off', () => {
    const fields = fieldsOf(preferences);
    expect(preferencesOf({ ...fields, terms_text: 'Be kinder.' }).terms).toEqual({ version: 3, text: 'Be kinder.' });
    expect(preferencesOf({ ...fields, terms_on: false }).terms).toBeNull();
  });

  it('sends a proxy only with its address, and an empty number as one that is refused', () => {
    const fields = fieldsOf({ ...preferences, proxy: { kind: 'socks5', host: 'proxy.example', port: 1080 } });
    expect(preferencesOf(fields).proxy).toEqual({ kind: 'socks5', host: 'proxy.example', port: 1080 });
    expect(preferencesOf({ ...fields, proxy: { ...fields.proxy, kind: 'direct' } }).proxy).toEqual({ kind: 'direct' });
    expect(preferencesOf({ ...fields, log_days: null }).log_days).toBe(-1);
  });
});
