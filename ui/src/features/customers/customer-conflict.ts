// What the fields of a customer's form are called, and what their values read like, where two people changed them.

import { format, t } from '$shared/i18n';
import type { AccountName } from '$wire/types';
import { proxyText } from '../connections/contact-words';
import type { CustomerForm } from './customer-form';
import { modeName } from './customer-words';

const LABELS: Record<keyof CustomerForm, string> = {
  name: 'list-customers-name',
  mode: 'list-customers-mode',
  host: 'customers-host',
  port: 'list-customers-port',
  user_name: 'customers-user-name',
  password: 'customers-password',
  proxy: 'preferences-proxy',
  tags: 'list-customers-tags',
  operators: 'customers-operators',
  telephone: 'list-customers-telephone',
  email: 'list-customers-email',
  address: 'list-customers-address',
  notes: 'list-customers-notes',
};

export const fieldLabel = (field: keyof CustomerForm): string => t(LABELS[field]);

/** Operators are told by the names that are known of them. */
export function fieldText(
  field: keyof CustomerForm,
  value: CustomerForm[keyof CustomerForm],
  names: readonly AccountName[],
): string | null {
  const form = { [field]: value } as Partial<CustomerForm>;
  if (field === 'password') return null;
  if (form.mode !== undefined) return modeName(form.mode);
  if (form.proxy !== undefined) return proxyText(form.proxy);
  if (form.operators !== undefined) {
    const nameOf = (id: string): string => {
      const account = names.find((one) => one.id === id);
      return account === undefined ? id : account.name.trim() || account.login;
    };
    return format.list(form.operators.map(nameOf));
  }
  return Array.isArray(value) ? format.list(value) : String(value ?? '');
}
