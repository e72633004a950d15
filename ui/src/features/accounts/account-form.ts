// The form of an account (ACC-02): what it begins with, what it hands to the core. Pure.

import type { AccountDetails, AddAccount, SaveAccount } from '$wire/types';

/** Everything in the form; the passwords are empty unless a new one is wanted. */
export type AccountForm = AddAccount;

/** The same day a year later, as ISO text; 29 February becomes 28. */
export function oneYearFrom(today: string): string {
  const [year = 1970, month = 1, day = 1] = today.split('-').map(Number);
  const last = new Date(Date.UTC(year + 1, month, 0)).getUTCDate();
  const pad = (value: number, length: number): string => String(value).padStart(length, '0');
  return `${pad(year + 1, 4)}-${pad(month, 2)}-${pad(Math.min(day, last), 2)}`;
}

/** A new account: an operator who chooses a password at the first sign-in and does not expire until that is asked for. */
export const emptyForm = (): AccountForm => ({
  login: '',
  password: '',
  confirmation: '',
  role: 'operator',
  labels: [],
  first_name: '',
  last_name: '',
  telephone: '',
  mobile: '',
  email: '',
  enabled: true,
  must_change_password: true,
  expires_on: null,
});

export function formOf(details: AccountDetails): AccountForm {
  const { id: _id, revision: _revision, has_avatar: _avatar, protected: _protected, ...fields } = details;
  return { ...fields, labels: [...fields.labels], password: '', confirmation: '' };
}

/** Labels are an operator's only (ACC-16); what was typed before the role was changed is not sent. */
const labelsOf = (form: AccountForm): string[] => (form.role === 'operator' ? form.labels : []);

export const toAdd = (form: AccountForm): AddAccount => ({ ...form, labels: labelsOf(form) });

/** Without a new password in either field the present one stays. */
export function toSave(form: AccountForm, of: Pick<AccountDetails, 'id' | 'revision'>): SaveAccount {
  const changes = form.password !== '' || form.confirmation !== '';
  return {
    ...form,
    id: of.id,
    revision: of.revision,
    labels: labelsOf(form),
    password: changes ? form.password : null,
    confirmation: changes ? form.confirmation : null,
  };
}
