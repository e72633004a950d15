import { describe, expect, it } from 'vitest';
import type { AccountDetails } from '$wire/types';
import { emptyForm, formOf, oneYearFrom, toAdd, toSave } from './account-form';

const details: AccountDetails = {
  ...(({ password: _p, confirmation: _c, ...fields }) => fields)(emptyForm()),
  id: 'a1',
  revision: 7,
  has_avatar: false,
  protected: false,
  login: 'jonas',
  labels: ['North Quay'],
};

/** ACC-02, ACC-16 */
describe('the form of an account', () => {
  it.each([
    ['2026-11-21', '2027-11-21'],
    ['2028-02-29', '2029-02-28'],
    ['2027-02-28', '2028-02-28'],
    ['2026-12-31', '2027-12-31'],
  ])('proposes an expiry one year from %s', (today, expected) => {
    expect(oneYearFrom(today)).toBe(expected);
  });

  it('leaves the password as it is unless one was typed', () => {
    const form = formOf(details);
    expect(toSave(form, details)).toMatchObject({ id: 'a1', revision: 7, password: null, confirmation: null });
    expect(toSave({ ...form, password: 'Secret-2026' }, details)).toMatchObject({
      password: 'Secret-2026',
      confirmation: '',
    });
  });

  it('sends labels for operators only', () => {
    expect(toAdd({ ...emptyForm(), role: 'administrator', labels: ['x'] }).labels).toEqual([]);
    expect(toSave(formOf(details), details).labels).toEqual(['North Quay']);
  });
});
