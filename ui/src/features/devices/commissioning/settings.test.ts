import { beforeAll, describe, expect, it } from 'vitest';
import { setLanguage } from '$shared/i18n';
import type { CommissionPreview, CommissionRow } from '$wire/types';
import { devicesOf, keptCorrections, linesOf, movedOf } from './rows';
import { asItIs, changesSomething, commissionProblem, formOf, hostNameOf, insert, settingsOf } from './settings';

beforeAll(() => setLanguage('en'));

describe('settings', () => {
  it('leaves everything as it is at first', () => {
    const settings = settingsOf(asItIs());
    expect(settings).toEqual({
      addressing: { kind: 'keep' },
      name_servers: null,
      host_name: '',
      zone: '',
      time_servers: null,
    });
    expect(changesSomething(settings)).toBe(false);
  });

  it('tells servers of the network from those that were not typed yet', () => {
    expect(settingsOf({ ...asItIs(), nameServers: 'network' }).name_servers).toEqual([]);
    expect(settingsOf({ ...asItIs(), nameServers: 'these' }).name_servers).toEqual(['']);
    expect(settingsOf({ ...asItIs(), timeServers: 'these', timeServerList: ['ntp.example'] }).time_servers).toEqual([
      'ntp.example',
    ]);
  });

  /** DEV-60: those that are tried again begin with what they were to get. */
  it('makes the form again of what it has sent', () => {
    const range = {
      addressing: 'range',
      first: '10.0.0.10',
      last: '10.0.0.19',
      prefix: 16,
      gateway: '10.0.0.1',
    } as const;
    const servers = { nameServers: 'network', timeServers: 'these', timeServerList: ['ntp.example'] } as const;
    const sent = settingsOf({
      ...asItIs(),
      ...range,
      ...servers,
      timeServerList: ['ntp.example'],
      hostName: 'cam-{n}',
    });
    expect(settingsOf(formOf(sent))).toEqual(sent);
    expect(formOf(settingsOf(asItIs()))).toEqual(asItIs());
  });

  it('sends a prefix that is none as one that is refused', () => {
    const range = { ...asItIs(), addressing: 'range' as const, first: ' 10.0.0.10 ' };
    for (const prefix of [null, -3, 2.5, 900])
      expect(settingsOf({ ...range, prefix }).addressing).toMatchObject({ first: '10.0.0.10', prefix: 0 });
    expect(settingsOf({ ...range, prefix: 16 }).addressing).toMatchObject({ prefix: 16 });
  });

  it('says what is wrong in words of the field', () => {
    const wrong = (field: string, code: never, params = {}): string | undefined =>
      commissionProblem([{ field, code, params }], field);
    expect(wrong('settings.host_name', 'field.not-a-template' as never)).toContain('{serial}');
    expect(wrong('settings.addressing.last', 'discovery.too-many-addresses' as never, { limit: 4096 })).toBe(
      'At most 4,096 addresses',
    );
    expect(wrong('devices.3.host_name', 'field.taken' as never)).toBe('Another device of this list gets this name');
    expect(wrong('settings.zone', 'field.not-a-zone' as never)).toBe('Unknown time zone');
    expect(commissionProblem([], 'settings.zone')).toBeUndefined();
  });
});

describe('host names', () => {
  const parts = { serial: 'B8A44F1C20D7', model: 'P3265-LVE', n: '7', folder: 'Hôpital Saint-Luc › Urgences' };
  it.each([
    ['cam-{serial}', 'cam-b8a44f1c20d7'],
    ['{folder}-{n}', 'hopital-saint-luc-urgences-7'],
    [' {model}.cams.example ', 'p3265-lve.cams.example'],
    ['{n}.-{n}', '7.7'],
    ['{name}', null],
    ['cam-{serial', null],
    ['北浜', null],
    ['a..b', null],
  ])('makes of %s %s, as the core does', (template, name) => {
    expect(hostNameOf(template, parts)).toBe(name);
  });

  it('inserts a placeholder in place of what is selected', () => {
    expect(insert('cam-xx-1', 'serial', 4, 6)).toEqual({ text: 'cam-{serial}-1', at: 12 });
  });
});

describe('the rows of a preview', () => {
  const row = (system: string, more: Partial<CommissionRow> = {}): CommissionRow => ({
    system,
    name: system,
    model: 'P3265-LVE',
    serial: system,
    host: '10.0.0.1',
    address: '10.0.0.10',
    host_name: '',
    problem: null,
    ...more,
  });
  const preview = (...rows: CommissionRow[]): CommissionPreview =>
    ({ rows, taken: [], cannot_tell: false, skipped: [] }) as CommissionPreview;
  const ranged = settingsOf({ ...asItIs(), addressing: 'range' });

  it('leaves out what has a reason until what it is about is corrected', () => {
    const proposed = preview(
      row('a'),
      row('b', { address: '', problem: 'device.no-address-left' }),
      row('c', { problem: 'device.not-this-kind' }),
      row('d', { problem: 'device.host-name' }),
    );
    expect(devicesOf(linesOf(proposed, ranged, {})).map(({ id }) => id)).toEqual(['a']);
    const corrected = linesOf(proposed, ranged, {
      b: { address: ' 10.0.0.20 ' },
      c: { address: '10.0.0.21' },
      d: { host_name: '' },
    });
    expect(devicesOf(corrected)).toEqual([
      { id: 'a', address: '10.0.0.10', host_name: '' },
      { id: 'b', address: '10.0.0.20', host_name: '' },
      { id: 'd', address: '10.0.0.10', host_name: '' },
    ]);
  });

  it('gives a name to one device, and to the next once the other has a different one', () => {
    const proposed = preview(
      row('a', { host_name: 'cam' }),
      row('b', { host_name: 'cam', problem: 'field.taken' }),
      row('c', { host_name: 'cam', problem: 'field.taken' }),
    );
    expect(devicesOf(linesOf(proposed, ranged, {})).map(({ id }) => id)).toEqual(['a']);
    expect(devicesOf(linesOf(proposed, ranged, { a: { host_name: 'gate' } })).map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('counts what moves, and sends no address where none is given', () => {
    const proposed = preview(row('a', { host: '10.0.0.10' }), row('b'));
    expect(movedOf(linesOf(proposed, ranged, {}))).toBe(1);
    expect(devicesOf(linesOf(proposed, settingsOf(asItIs()), { a: { address: '10.9.9.9' } }))[0]?.address).toBe('');
  });

  it('keeps what was corrected of that which was not asked for anew', () => {
    const corrections = { a: { address: '10.0.0.30', host_name: 'gate' }, b: { address: '10.0.0.31' } };
    const renamed = { ...ranged, host_name: 'cam-{n}' };
    expect(keptCorrections(corrections, ranged, renamed)).toEqual({
      a: { address: '10.0.0.30' },
      b: { address: '10.0.0.31' },
    });
    expect(keptCorrections(corrections, ranged, settingsOf(asItIs()))).toEqual({ a: { host_name: 'gate' } });
  });
});
