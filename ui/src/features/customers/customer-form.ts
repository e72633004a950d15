// The form of a customer (CUS-10, CUS-11, CUS-15): what it begins with, what it hands to the core, when it may be
// saved. Pure.

import type { CustomerDetails, SaveCustomer, TestCustomer } from '$wire/types';
import {
  acceptOf,
  contactKey,
  portOf,
  proxyFields,
  proxyOf,
  testOf,
  type Accepted,
  type ContactFields,
  type ProxyFields,
  type Tested,
} from '../connections/contact-form';

export interface CustomerForm extends Pick<
  SaveCustomer,
  'name' | 'host' | 'user_name' | 'mode' | 'tags' | 'telephone' | 'email' | 'operators' | 'address' | 'notes'
> {
  port: number | null;
  /** Empty: the stored one stays. */
  password: string;
  proxy: ProxyFields;
}

export const emptyForm = (): CustomerForm => ({
  name: '',
  host: '',
  port: 8443,
  user_name: 'COMAdmin',
  password: '',
  mode: 'on-premises',
  tags: [],
  telephone: '',
  email: '',
  operators: [],
  address: '',
  notes: '',
  proxy: { kind: 'workspace', host: '', port: null },
});

export function formOf(details: CustomerDetails): CustomerForm {
  const {
    id: _id,
    has_password: _password,
    revision: _revision,
    main_connection: _connection,
    operator_names: _names,
    operators_by_label: _byLabel,
    proxy,
    ...fields
  } = details;
  return {
    ...fields,
    tags: [...fields.tags],
    operators: [...fields.operators],
    password: '',
    proxy: proxyFields(proxy),
  };
}

/** The connection as it is stored needs no new test (CUS-11). */
export const isUnchanged = (form: ContactFields, before: CustomerDetails | null): boolean =>
  before !== null && contactKey(form) === contactKey(formOf(before));

/** CUS-11: only after a successful test, unless nothing of the connection changed or nobody wants contact. */
export function maySave(
  form: ContactFields,
  before: CustomerDetails | null,
  tested: Tested | null,
  withoutContact: boolean,
): boolean {
  return withoutContact || isUnchanged(form, before) || (testOf(form, tested)?.proof ?? null) !== null;
}

export function toTest(form: CustomerForm, id: string | null, accepted: Accepted | null): TestCustomer {
  return {
    id,
    host: form.host,
    port: portOf(form.port),
    user_name: form.user_name,
    password: form.password === '' ? null : form.password,
    proxy: proxyOf(form.proxy),
    accept: acceptOf(form, accepted),
  };
}

export function toSave(
  form: CustomerForm,
  before: CustomerDetails | null,
  tested: Tested | null,
  accepted: Accepted | null,
  withoutContact: boolean,
): SaveCustomer {
  const proof = testOf(form, tested)?.proof ?? null;
  return {
    ...form,
    id: before?.id ?? null,
    revision: before?.revision ?? 0,
    port: portOf(form.port),
    password: form.password === '' ? null : form.password,
    proxy: proxyOf(form.proxy),
    proof,
    // What was proven is saved with its contact, whatever was ticked before.
    without_contact: withoutContact && proof === null,
    accept: acceptOf(form, accepted),
  };
}
