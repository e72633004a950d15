import { expect, it } from 'vitest';
import { arranged, canAdd, compareBy, counted, entryOf, GROUPS, STATES, type Entry } from './found';
import { foundDevice } from './testing';
import { networksOf, wanted, withRange } from './search-form.svelte';
import {
  candidateOfAddress,
  candidateOfFound,
  candidateOfResult,
  candidateTyped,
  countWanted,
  credentialsOf,
  devicesOf,
  firstAccountOf,
} from './adding';
import { again } from './begun';
import { certificateView, deviceResult } from './testing';

const all = new Map<string, Entry>(
  [
    foundDevice('A', { host: '10.44.6.100', state: 'managed', folder: 'Quai Nord' }),
    foundDevice('B', { host: '10.44.6.21', state: 'asks_password', version: '9.80.3' }),
    foundDevice('C', { host: '10.44.6.9', state: 'factory_new', model: 'Caméra É' }),
    foundDevice('D', { host: 'fe80::1', state: 'factory_new', version: '12.1.5' }),
    foundDevice('E', { host: '10.44.6.30', state: 'moved', note: '10.44.6.3' }),
  ].map((device) => [device.key, entryOf(device)]),
);
const list = (more: Partial<Parameters<typeof arranged>[1]>): string[] =>
  arranged(all, { group: 'all', search: '', sort: null, ...more });

/** DEV-01: what waits for somebody comes first, and addresses count as numbers. */
it('orders devices by what can be done with them, then by address', () => {
  expect(list({})).toEqual(['C', 'D', 'B', 'E', 'A']);
  expect(list({ sort: { column: 'host', descending: false } })).toEqual(['C', 'B', 'E', 'A', 'D']);
  expect(list({ sort: { column: 'host', descending: true } })[0]).toBe('D');
  // A version is its numbers, and of two with the same one the lower address is first either way.
  expect(list({ sort: { column: 'version', descending: true } })).toEqual(['D', 'C', 'E', 'A', 'B']);
});

it('finds every word in any order, without case and accents, and narrows to a group', () => {
  expect(list({ search: 'nord QUAI' })).toEqual(['A']);
  expect(list({ search: 'camera e' })).toEqual(['C']);
  expect(list({ group: 'factory_new' })).toEqual(['C', 'D']);
  expect(list({ group: 'look' })).toEqual(['E']);
  const counts = counted(all.values());
  expect(counts).toMatchObject({ all: 5, factory_new: 2, asks_password: 1, look: 1, managed: 1 });
  // Every state is in exactly one group besides all of them.
  const one = counted(STATES.map((state) => entryOf(foundDevice(state, { state }))));
  expect(GROUPS.filter((group) => group !== 'all').reduce((sum, group) => sum + one[group], 0)).toBe(STATES.length);
});

/** DEV-03: what is managed, or has another device's address, is not added; what has moved is led to where it is. */
it('says what can be added', () => {
  expect(STATES.filter((state) => canAdd(foundDevice('X', { state })))).toEqual([
    'factory_new',
    'asks_password',
    'new_certificate',
    'moved',
  ]);
});

/** UI-06: as many as a search can have are ordered while nobody waits. */
it('orders 65,536 devices at once', () => {
  const many = new Map(
    Array.from({ length: 65_536 }, (_, index): [string, Entry] => {
      const host = `10.${(index * 7) % 4}.${(index >> 8) % 256}.${index % 256}`;
      return [`${index}`, entryOf(foundDevice(`${index}`, { host }))];
    }),
  );
  const order = arranged(many, { group: 'all', search: '', sort: null });
  expect(order).toHaveLength(65_536);
  const compare = compareBy(null);
  const wrong = order.findIndex((key, place) => {
    const [before, here] = [many.get(order[place - 1] ?? key), many.get(key)];
    return before !== undefined && here !== undefined && compare(before, here) > 0;
  });
  expect(wrong).toBe(-1);
});

it('asks for what the form says', () => {
  const form = {
    ways: new Set(['ranges', 'mdns'] as const),
    where: 'chosen',
    chosen: new Set(['eth0']),
    ranges: '10.0.0.0/24',
  };
  expect(wanted(form)).toEqual({ ways: ['mdns', 'ranges'], interfaces: ['eth0'], ranges: '10.0.0.0/24' });
  expect(wanted({ ...form, ways: new Set(['ssdp'] as const), where: 'all' })).toEqual({
    ways: ['ssdp'],
    interfaces: null,
    ranges: '',
  });
  expect(withRange('10.0.0.0/24', '10.0.1.0/24')).toBe('10.0.0.0/24\n10.0.1.0/24');
  expect(withRange('10.0.0.0/24, 10.0.1.0/24', '10.0.1.0/24')).toBe('10.0.0.0/24, 10.0.1.0/24');
  const network = (name: string, networks: string[], more = {}) => ({
    name,
    addresses: [],
    networks,
    loopback: false,
    up: true,
    ...more,
  });
  expect(
    networksOf([
      network('lo', ['127.0.0.0/8'], { loopback: true }),
      network('eth0', ['10.0.0.0/24']),
      network('eth1', ['10.0.0.0/24', '10.0.1.0/24']),
      network('eth2', ['10.9.0.0/24'], { up: false }),
    ]),
  ).toEqual([
    { network: '10.0.0.0/24', name: 'eth0' },
    { network: '10.0.1.0/24', name: 'eth1' },
  ]);
});

/** DEV-02 */
it('sends credentials and a first account only where something wants them', () => {
  const found = (state: Parameters<typeof foundDevice>[1]) => candidateOfFound(foundDevice('X', state));
  const counts = countWanted([
    found({ state: 'factory_new' }),
    found({ state: 'new_certificate' }),
    found({ state: 'asks_password' }),
    found({ state: 'moved' }),
  ]);
  expect(counts).toEqual({ credentials: 1, firstAccount: 1, unknown: 1, moved: 1 });
  // DEV-03: one that is known already is signed in to as before.
  const onlyMoved = countWanted([found({ state: 'moved' })]);
  expect(onlyMoved).toEqual({ credentials: 0, firstAccount: 0, unknown: 0, moved: 1 });
  const typed = { kind: 'typed', set: 's1', userName: 'fleet', password: 'p' } as const;
  expect(credentialsOf(typed, counts)).toEqual({ kind: 'typed', user_name: 'fleet', password: 'p' });
  expect(credentialsOf({ ...typed, kind: 'set' }, counts)).toEqual({ kind: 'set', id: 's1' });
  expect(credentialsOf({ ...typed, kind: 'none' }, counts)).toBeNull();
  const onlyNew = countWanted([found({ state: 'factory_new' })]);
  expect(credentialsOf(typed, onlyNew)).toBeNull();
  const form = { give: false, userName: 'root', kind: 'different', password: 'left over' } as const;
  expect(firstAccountOf(form, onlyNew)).toEqual({ user_name: 'root', password: null });
  const unknown = countWanted([found({ state: 'new_certificate' })]);
  expect(firstAccountOf(form, unknown)).toBeNull();
  expect(firstAccountOf({ ...form, give: true, kind: 'same', password: 'p' }, unknown)).toEqual({
    user_name: 'root',
    password: 'p',
  });
});

/** CUS-11: a certificate is sent as accepted only after a yes; a retry remembers that yes, and no other. */
it('pins what was accepted', () => {
  const certificate = certificateView('AA:BB');
  const candidate = candidateOfFound(foundDevice('X', { certificate }));
  expect(devicesOf([candidate], false)[0]?.accept).toBeNull();
  expect(devicesOf([candidate], true)[0]?.accept).toBe('AA:BB');
  const failed = candidateOfResult(deviceResult('r1', { host: candidate.host }));
  expect(failed.wants).toBe('credentials');
  const begun = {
    organization: 'o1',
    folder: 'f1',
    candidates: [candidate],
    answers: {
      credentials: { kind: 'none', set: '', userName: '' },
      first: { give: false, userName: 'root', kind: 'different' },
    },
  } as const;
  expect(again(failed, { ...begun, accepted: new Set(['AA:BB']) }).certificate).toBe(certificate);
  expect(again(failed, { ...begun, accepted: new Set() }).certificate).toBeNull();
  expect(again(failed, null).certificate).toBeNull();
  // Another device answers at the address: whichever is there now.
  const other = deviceResult('r2', {
    step: 'connect',
    problem: { code: 'device.other', params: {}, fields: [], retryable: false, id: '' },
  });
  expect(candidateOfResult(other)).toMatchObject({ serial: '', wants: 'unknown' });
  expect(candidateOfResult(deviceResult('r3', { step: 'first_account' })).wants).toBe('first_account');
  // Refused before what it wants was seen, it wants what it wanted.
  const factoryNew = { ...candidate, wants: 'first_account', serial: 'B8A44F1C3380' } as const;
  const unseen = candidateOfResult(deviceResult('r4', { host: candidate.host, step: 'certificate', problem: null }));
  const before = { ...begun, candidates: [factoryNew], accepted: new Set<string>() };
  expect(unseen.wants).toBe('unknown');
  expect(again(unseen, before).wants).toBe('first_account');
  expect(again({ ...candidateOfResult(other), host: candidate.host }, before).wants).toBe('unknown');
});

/** DEV-02: an address names a device, and what is typed in its place is another one. */
it('takes the device that an address names', () => {
  const query = (values: Record<string, string>) => candidateOfAddress((name) => values[name] ?? null);
  expect(query({ port: '443' })).toBeNull();
  const named = query({ host: ' 10.0.0.7 ', port: '99999', serial: 'A1', first: 'yes' });
  expect(named).toMatchObject({ host: '10.0.0.7', port: 443, serial: 'A1', wants: 'first_account', name: '' });
  expect(query({ host: '10.0.0.7', port: '8443' })).toMatchObject({ port: 8443, serial: '', wants: 'unknown' });
  const typed = { host: '10.0.0.7', port: 443, name: 'Gate' };
  expect(candidateTyped(typed, named)).toMatchObject({ serial: 'A1', wants: 'first_account', name: 'Gate' });
  expect(candidateTyped({ ...typed, host: '10.0.0.8' }, named)).toMatchObject({ serial: '', wants: 'unknown' });
});
