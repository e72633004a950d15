import { describe, expect, it } from 'vitest';
import type { TestResult } from '$wire/types';
import { addressKey, contactKey, testOf } from '../connections/contact-form';
import { emptyForm, formOf, isUnchanged, maySave, toSave, toTest, type CustomerForm } from './customer-form';
import { customerDetails } from './testing';

const result = (more: Partial<TestResult> = {}): TestResult => ({
  status: 'success',
  connection: 'connected',
  certificate: null,
  pinned: null,
  detail: '',
  proof: 'proof',
  systems: 4,
  version: '11.1.2.4',
  ...more,
});
const filled = (more: Partial<CustomerForm> = {}): CustomerForm => ({
  ...emptyForm(),
  name: 'Kaufhaus Bergmann',
  host: '10.20.4.10',
  password: 'secret',
  ...more,
});

describe('the form of a customer', () => {
  /** CUS-10 */
  it('begins with port 8443 and COMAdmin', () => {
    expect(emptyForm()).toMatchObject({ port: 8443, user_name: 'COMAdmin', mode: 'on-premises' });
  });

  /** CUS-11 */
  it('may be saved after a successful test of exactly this connection', () => {
    const form = filled();
    const tested = { key: contactKey(form), result: result() };
    expect(maySave(form, null, null, false)).toBe(false);
    expect(maySave(form, null, tested, false)).toBe(true);
    expect(toSave(form, null, tested, null, false)).toMatchObject({ id: null, proof: 'proof', without_contact: false });
  });

  /** CUS-11 */
  it.each([
    ['host', { host: '10.20.4.11' }],
    ['port', { port: 8444 }],
    ['user name', { user_name: 'Other' }],
    ['password', { password: 'another' }],
    ['proxy', { proxy: { kind: 'direct', host: '', port: null } }],
  ] as [string, Partial<CustomerForm>][])('forgets the test when the %s changes', (_what, change) => {
    const tested = { key: contactKey(filled()), result: result() };
    const changed = filled(change);
    expect(testOf(changed, tested)).toBeNull();
    expect(maySave(changed, null, tested, false)).toBe(false);
    expect(toSave(changed, null, tested, null, false).proof).toBeNull();
  });

  /** CUS-11 */
  it('keeps the test when only the name changes', () => {
    const tested = { key: contactKey(filled()), result: result() };
    expect(maySave(filled({ name: 'Other', notes: 'x' }), null, tested, false)).toBe(true);
  });

  /** CUS-11 */
  it('is saved without contact only when that is chosen, and not after a proof', () => {
    const form = filled();
    const failed = { key: contactKey(form), result: result({ status: 'unreachable', proof: null }) };
    expect(maySave(form, null, failed, false)).toBe(false);
    expect(maySave(form, null, failed, true)).toBe(true);
    expect(toSave(form, null, failed, null, true).without_contact).toBe(true);
    const proven = { key: contactKey(form), result: result() };
    expect(toSave(form, null, proven, null, true).without_contact).toBe(false);
  });

  /** CUS-11, GEN-08: an unchanged connection needs no test, and the stored password stays where it is. */
  it('saves an unchanged connection without a test', () => {
    const before = customerDetails();
    const form = { ...formOf(before), notes: 'new' };
    expect(isUnchanged(form, before)).toBe(true);
    expect(maySave(form, before, null, false)).toBe(true);
    expect(toSave(form, before, null, null, false)).toMatchObject({
      id: 'c1',
      revision: 3,
      password: null,
      notes: 'new',
    });
    expect(isUnchanged({ ...form, password: 'x' }, before)).toBe(false);
  });

  /** CUS-15: a yes belongs to the address the certificate was met at. */
  it('sends an accepted certificate only to the address it was met at', () => {
    const accepted = { address: addressKey(filled()), sha256: 'AA' };
    expect(toTest(filled(), null, accepted).accept).toBe('AA');
    expect(toTest(filled({ host: '10.20.4.11' }), null, accepted).accept).toBeNull();
    expect(toTest(filled({ port: null }), null, accepted)).toMatchObject({ port: 0, accept: null });
  });

  /** CUS-15 */
  it('hands over a proxy with its address, and none where none is wanted', () => {
    const proxy = { kind: 'socks5', host: ' gate ', port: 1080 } as const;
    expect(toTest(filled({ proxy }), null, null).proxy).toEqual({ kind: 'socks5', host: 'gate', port: 1080 });
    expect(toTest(filled(), null, null).proxy).toEqual({ kind: 'workspace' });
    const before = customerDetails({ proxy: { kind: 'http_connect', host: 'gate', port: 3128 } });
    expect(isUnchanged(formOf(before), before)).toBe(true);
  });
});
