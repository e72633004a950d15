import { describe, expect, it } from 'vitest';
import { kindsOf, passwordRules } from './passwords';

const met = (password: string, login = 'maren', policy: 'classic' | 'passphrase' = 'classic'): boolean[] =>
  passwordRules(password, login, policy).map((rule) => rule.met);

/** ACC-03 */
describe('what is said of a password while it is typed', () => {
  it.each([
    ['', [false, false, false]],
    ['abcdefgh', [true, false, true]],
    ['Abcdefgh', [true, true, true]],
    ['abc1', [false, true, true]],
    ['MAREN-2026', [true, true, false]],
    ['x'.repeat(32) + '1', [false, true, true]],
  ])('%s', (password, expected) => {
    expect(met(password)).toEqual(expected);
  });

  it('counts code points after NFKC, not units', () => {
    // Seven letters outside the basic plane are fourteen units; full-width letters become plain ones.
    expect(met('𠮷'.repeat(7))[0]).toBe(false);
    expect(met('ＭＡＲＥＮ-2026')[2]).toBe(false);
    expect(kindsOf('日本語')).toBe(1);
  });

  it('says nothing about kinds of a passphrase', () => {
    expect(met('correct horse battery', 'maren', 'passphrase')).toEqual([true, true]);
  });
});
