// What the fields of an account's form are called, and what their values read like, where two people changed them.

import { format, t } from '$shared/i18n';
import type { AccountForm } from './account-form';

const LABELS: Record<keyof AccountForm, string> = {
  login: 'account-login',
  password: 'account-password-new',
  confirmation: 'account-password-new-again',
  must_change_password: 'accounts-must-change',
  role: 'accounts-role',
  labels: 'accounts-labels',
  first_name: 'account-first-name',
  last_name: 'account-last-name',
  telephone: 'account-telephone',
  mobile: 'account-mobile',
  email: 'account-email',
  enabled: 'accounts-enabled',
  expires_on: 'accounts-expires-on',
};

export const fieldLabel = (field: keyof AccountForm): string => t(LABELS[field]);

export function fieldText(field: keyof AccountForm, value: AccountForm[keyof AccountForm]): string | null {
  if (field === 'password' || field === 'confirmation') return null;
  if (field === 'role') return t(`accounts-role-${String(value)}`);
  if (field === 'expires_on') return value === null ? '' : format.calendarDate(String(value));
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  return Array.isArray(value) ? format.list(value) : String(value ?? '');
}
