import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { has, setLanguage } from '$shared/i18n';
import { actWords, detailLines, detailText, originWords, whoWords } from './audit-words';

/** ADM-20 */
describe('the words of an audit entry', () => {
  it('names acts, and shows one without words by its name', () => {
    expect(actWords('customers.save')).toBe('Customer saved');
    expect(actWords('later.unknown')).toBe('later.unknown');
  });

  it('names this machine, and shows addresses as they are', () => {
    expect(originWords('desktop')).toBe('This computer');
    expect(originWords('command-line')).toBe('Command line');
    expect(originWords('192.0.2.7')).toBe('192.0.2.7');
    expect(whoWords('', 'service')).toBe('Flotilla');
    expect(whoWords('', '192.0.2.7')).toBe('Not signed in');
  });

  it('reads details whatever they are', () => {
    const linesOf = (details: string): object[] => detailLines(details).map(({ label, value }) => ({ label, value }));
    expect(linesOf('{}')).toEqual([]);
    expect(
      linesOf(
        '{"reason":"password","error":"account.last-administrator","systems":1482,"erased":true,"was":{"port":1}}',
      ),
    ).toEqual([
      { label: 'reason', value: 'wrong password' },
      { label: 'error', value: 'At least one enabled administrator must remain' },
      { label: 'systems', value: '1,482' },
      { label: 'personal data erased', value: 'Yes' },
      { label: 'was', value: '{"port":1}' },
    ]);
    // A value that only looks like a key says nothing it should not.
    expect(linesOf('{"reason":"something else"}')).toEqual([{ label: 'reason', value: 'something else' }]);
    expect(linesOf('not json')).toEqual([{ label: '', value: 'not json' }]);
  });

  it('knows which details are ids, and of what', () => {
    const [first, second] = [1, 2].map((last) => `01890000-0000-7000-8000-00000000000${last}`);
    const idsOf = (details: object): object[] => detailLines(JSON.stringify(details)).map(({ ids }) => ids);
    expect(idsOf({ product: 'acme.phone', type: 'user', operation: first })).toEqual([
      [{ id: 'acme.phone', named: { kind: 'product', id: 'acme.phone' } }],
      [{ id: 'user', named: { kind: 'type', id: 'user', within: 'acme.phone' } }],
      [{ id: first, named: null }],
    ]);
    expect(idsOf({ accounts: [first, second] })).toEqual([
      [first, second].map((id) => ({ id, named: { kind: 'account', id } })),
    ]);
    // A number of accounts, and the name that a system has outside Flotilla.
    expect(idsOf({ accounts: 3, system: 'HOST-4711', systems: 2 })).toEqual([[], [], []]);
  });

  it('says in words which fields were changed', () => {
    const changed = (value: unknown): string | undefined => detailLines(JSON.stringify({ changed: value }))[0]?.value;
    expect(changed('first_name enabled')).toBe('First name, Enabled');
    expect(changed(['zone', 'log_days'])).toBe('Time zone of the workspace, Days to keep');
    expect(changed('')).toBe('');
  });

  it('calls the fields of organizations and customers as their forms do, and writes days as everywhere else', async () => {
    const core = join(import.meta.dirname, '../../../../src-tauri/core/src');
    const fieldsIn = (file: string, pattern: RegExp): string[] =>
      [...readFileSync(join(core, file), 'utf8').matchAll(pattern)].map(([, name]) => name ?? '');
    const organization = fieldsIn('organizations/rules.rs', /\("([a-z_]+)", before\./g);
    const customer = fieldsIn('customers/bulk.rs', /\("([a-z_]+)", (?:!?self\.|operators)/g);
    expect([organization.length, customer.length]).toEqual([7, 5]);
    await setLanguage('fr');
    const text = (act: string, details: object): string => detailText(JSON.stringify(details), act);
    expect(text('organizations.save', { changed: ['address', 'telephone', 'zone', 'name'] })).toBe(
      'modifié\u00a0: Adresse, Téléphone, Fuseau horaire, Nom',
    );
    for (const field of organization)
      expect(text('organizations.save', { changed: [field] })).not.toMatch(`\u00a0: ${field}$`);
    for (const field of customer) expect(text('customers.edit', { changed: field })).not.toMatch(`\u00a0: ${field}$`);
    expect(text('licences.start', { start: '2026-11-27', reference: '2026-11-27' })).toBe(
      'début\u00a0: 27 nov. 2026 · référence\u00a0: 2026-11-27',
    );
    await setLanguage('en');
  });

  it('has a word for every detail that the core writes down', () => {
    const core = join(import.meta.dirname, '../../../../src-tauri/core/src');
    const written = new Set<string>();
    for (const file of readdirSync(core, { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.rs')) continue;
      for (const [, name] of readFileSync(join(core, file), 'utf8').matchAll(/\.detail\(\s*"([a-z_]+)"/g))
        if (name !== undefined) written.add(name);
    }
    expect(written.size).toBeGreaterThan(20);
    expect([...written].filter((name) => !has(`audit-detail-${name}`))).toEqual([]);
  });
});
