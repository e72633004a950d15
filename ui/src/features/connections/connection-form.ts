// The form of one connection (CUS-10, CUS-11, DEV-03): what it begins with, what it hands to the core, when it may be
// saved. Pure.

import type { ConnectionKind, ConnectionView, SaveConnection, TestConnection } from '$wire/types';
import {
  acceptOf,
  contactKey,
  portOf,
  proxyFields,
  proxyOf,
  testOf,
  type Accepted,
  type ContactFields,
  type Tested,
} from './contact-form';

export interface ConnectionForm extends ContactFields {
  kind: ConnectionKind;
  name: string;
}

/** Where systems of a kind are, and who signs in there, unless somebody changed it. */
export const USUAL: Record<ConnectionKind, { port: number; user_name: string }> = {
  ip_office: { port: 8443, user_name: 'COMAdmin' },
  device: { port: 443, user_name: 'root' },
  video_server: { port: 29204, user_name: '' },
};
export const KINDS = Object.keys(USUAL) as ConnectionKind[];

export const emptyConnection = (kind: ConnectionKind): ConnectionForm => ({
  kind,
  name: '',
  host: '',
  password: '',
  proxy: { kind: 'workspace', host: '', port: null },
  ...USUAL[kind],
});

export const formOf = ({ kind, name, host, port, user_name, proxy }: ConnectionView): ConnectionForm => ({
  kind,
  name,
  host,
  port,
  user_name,
  password: '',
  proxy: proxyFields(proxy),
});

/** Another kind brings its own port and user name, where the former kind's still stand. */
export function withKind(form: ConnectionForm, kind: ConnectionKind): ConnectionForm {
  const usual = USUAL[form.kind];
  return {
    ...form,
    kind,
    port: form.port === usual.port ? USUAL[kind].port : form.port,
    user_name: form.user_name === usual.user_name ? USUAL[kind].user_name : form.user_name,
  };
}

/** The connection as it is stored needs no new test (CUS-11). */
export const isUnchanged = (form: ConnectionForm, before: ConnectionView | null): boolean =>
  before !== null && form.kind === before.kind && contactKey(form) === contactKey(formOf(before));

/** CUS-11: only after a successful test, unless nothing that is tested changed or nobody wants contact. */
export const maySave = (
  form: ConnectionForm,
  before: ConnectionView | null,
  tested: Tested | null,
  withoutContact: boolean,
): boolean => withoutContact || isUnchanged(form, before) || (testOf(form, tested)?.proof ?? null) !== null;

export const toTest = (
  form: ConnectionForm,
  organization: string,
  id: string | null,
  accepted: Accepted | null,
): TestConnection => ({
  id,
  organization,
  kind: form.kind,
  host: form.host,
  port: portOf(form.port),
  user_name: form.user_name,
  password: form.password === '' ? null : form.password,
  proxy: proxyOf(form.proxy),
  accept: acceptOf(form, accepted),
});

export function toSave(
  form: ConnectionForm,
  organization: string,
  before: ConnectionView | null,
  tested: Tested | null,
  accepted: Accepted | null,
  withoutContact: boolean,
): SaveConnection {
  const proof = testOf(form, tested)?.proof ?? null;
  return {
    ...toTest(form, organization, before?.id ?? null, accepted),
    revision: before?.revision ?? 0,
    name: form.name,
    proof,
    // What was proven is saved with its contact, whatever was ticked before.
    without_contact: withoutContact && proof === null,
  };
}
