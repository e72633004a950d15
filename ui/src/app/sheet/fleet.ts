// A fleet in memory for the component sheet: enough of the command table to draw the frame and a long list.

import { connectionView } from '$features/connections/testing';
import { WireError } from '$platform';
import { FakePlatform, type Handlers } from '$platform/fake';
import { packIds } from '$shared/lists';
import type {
  CertificateView,
  ConnectionView,
  CustomerRow,
  DueWithin,
  Happened,
  ListDescription,
  ListQuery,
  Profile,
  SessionView,
  SystemRow,
} from '$wire/types';
import { deviceHandlers, kindOf, special } from './devices';

const NAMES = [
  'Nordlys Butikker AS',
  'Brasserie Lambert & Fils',
  'Kaufhaus Bergmann GmbH',
  '桜屋百貨店 Sakuraya Stores',
  'Mercado Ribera S.L.',
  'Côté Marché Nantes',
  'Hollis & Wren Outfitters',
  'Tiendas Olmo',
  'Van der Meer Optiek',
  'Blå Hval Dagligvarer',
  'Pinecrest Garden Centres',
  'Librairie du Canal',
  '橋本電機 Hashimoto Denki',
];
const STATES = ['connected', 'connected', 'connected', 'problems', 'disconnected', 'never'] as const;
const DAY = 86_400_000;
const WORST = ['critical', 'major', 'minor', 'warning', null] as const;

export const idOf = (index: number): string => `01890000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;
const pick = <Value>(values: readonly Value[], index: number): Value => values[index % values.length] as Value;

export function customer(index: number): CustomerRow {
  const connection = pick(STATES, index * 7 + (index >> 3));
  return {
    id: idOf(index),
    connection,
    connections: (index % 4) + 1,
    connected: connection === 'connected' ? (index % 4) + 1 : index % 4,
    name: `${pick(NAMES, index)}${index < NAMES.length ? '' : ` ${index}`}`,
    system_name: `PBX-${index}`,
    mode: index % 3 === 1 ? 'cloud' : 'on_premises',
    systems: (index * 5) % 19,
    host: `10.20.${(index >> 8) % 256}.${index % 256}`,
    port: 8443,
    profile: index % 3 === 1 ? 'S2' : '',
    version: pick(['11.1.3.1', '11.1.3.2', '11.1.2.4', '11.0.4.8'], index),
    alarms: (index * 11) % 15,
    worst_alarm: pick(WORST, index),
    operators: ['A. Keller', 'J. Moreau'].slice(0, index % 3),
    tags: ['retail', 'gold', 'de'].slice(0, index % 4),
    notes: '',
    telephone: '',
    email: '',
    address: '',
    status: connection === 'connected' ? 'success' : connection === 'never' ? 'never_tried' : 'unreachable',
    status_since: null,
    icons: [],
    licences: 'valid',
    licence_until: null,
    certificate_until: null,
    last_contact: 1_768_000_000_000 - index * 61_000,
  } as CustomerRow;
}

export const customersList: ListDescription = {
  list: 'customers',
  columns: [
    { name: 'name', kind: 'text', choices: [] },
    { name: 'systems', kind: 'number', choices: [] },
    { name: 'version', kind: 'version', choices: [] },
    { name: 'alarms', kind: 'number', choices: [] },
    { name: 'status', kind: 'choice', choices: ['success', 'unreachable', 'never_tried'] },
    { name: 'tags', kind: 'tags', choices: ['retail', 'gold', 'de'] },
    { name: 'last_contact', kind: 'time', choices: [] },
    { name: 'host', kind: 'text', choices: [] },
  ].map((column) => ({
    ...column,
    sortable: true,
    filterable: true,
    searchable: column.kind === 'text',
    default_visible: column.name !== 'host',
  })) as ListDescription['columns'],
  layout: null,
};

/** Connections of one customer: well, refused, changed, never tried, and video servers of which one is not monitored. */
const certificateOf = (sha256: string, days: number): CertificateView => ({
  sha256: sha256.repeat(16).replaceAll(/(..)(?=.)/g, '$1:'),
  subject: 'CN=kbg-han-01',
  issuer: 'CN=Root',
  serial_number: '01',
  valid_from: Date.now() - 300 * DAY,
  valid_until: Date.now() + days * DAY,
  names: [],
  self_signed: true,
});
const some: ConnectionView[] = [
  { name: 'Hannover, main building', certificate: certificateOf('A1B2', 340), last_contact: Date.now() - 41_000 },
  {
    name: 'Branch 12',
    host: 'branch12.kbg.example',
    status: 'invalid_credentials' as const,
    state: 'problems' as const,
  },
  {
    name: '正面玄関カメラ',
    kind: 'device' as const,
    port: 443,
    systems: 1,
    status: 'certificate_changed' as const,
    state: 'problems' as const,
    certificate: certificateOf('A1B2', -12),
    waiting_certificate: certificateOf('C3D4', 800),
  },
  {
    name: 'Yard recorder',
    kind: 'device' as const,
    port: 443,
    systems: 0,
    status: 'never_tried' as const,
    state: 'never' as const,
  },
  {
    name: 'Hall recorder',
    kind: 'video_server' as const,
    host: 'nvr04.kbg.example',
    port: 29204,
    user_name: 'KBG\\flotilla',
    systems: 1,
    certificate: certificateOf('E5F6', 210),
    last_contact: Date.now() - 23_000,
  },
  {
    name: 'Warehouse recorder',
    kind: 'video_server' as const,
    host: 'nvr07.kbg.example',
    port: 29204,
    user_name: 'flotilla',
    systems: 1,
    status: 'not_monitored' as const,
    state: 'never' as const,
    monitored: false,
    last_contact: Date.now() - 3 * DAY,
  },
].map((more, index) => connectionView({ id: `n${index}`, ...more }));
const connections: Handlers = {
  'connections.of': () => some,
  'connections.plan_removal': () => ({ connections: 1, systems: 17, alarms: 4 }),
  'connections.save': () => {
    throw new WireError({ code: 'changed-meanwhile' });
  },
  'connections.test': ({ accept }) => ({
    status: accept === null ? 'certificate_not_trusted' : 'success',
    connection: accept === null ? 'problems' : 'connected',
    certificate: certificateOf('C3D4', 800),
    pinned: null,
    detail: '',
    proof: accept === null ? null : 'p',
    systems: 1,
    version: '11.2',
  }),
};

const SYSTEM_STATES = ['online', 'online', 'online', 'unreachable', 'limited_api'] as const;
const system = (index: number): SystemRow => ({
  id: idOf(index),
  organization: idOf(index % 2_000),
  connection: idOf(index % 2_000),
  customer: customer(index % 2_000).name,
  folder_id: idOf(index % 2_000),
  folder: 'Default folder',
  kind: kindOf(index),
  name: `PBX-${String(index).padStart(6, '0')}`,
  role: index % 4 === 0 ? 'primary' : 'expansion',
  state: pick(SYSTEM_STATES, index),
  model: pick(['IP500 V2', 'Server Edition', 'Select'], index),
  serial: `S${index}`,
  host: `10.${(index >> 16) % 256}.${(index >> 8) % 256}.${index % 256}`,
  version: pick(['11.1.3.1', '11.1.3.2', '11.1.2.4', '11.0.4.8'], index),
  alarms: (index * 11) % 5,
  worst_alarm: index % 5 === 0 ? null : pick(WORST, index),
  services: 12,
  stopped_services: index % 9 === 0 ? 1 : 0,
  last_contact: Date.now() - (index % 600) * 1_000,
  ...special(index),
});
const systemsList: ListDescription = {
  list: 'systems',
  columns: [
    { name: 'state', kind: 'choice', choices: ['online', 'unreachable', 'limited_api'] },
    { name: 'name', kind: 'text', choices: [] },
    { name: 'customer', kind: 'text', choices: [] },
    { name: 'role', kind: 'choice', choices: ['primary', 'expansion'] },
    { name: 'model', kind: 'text', choices: [] },
    { name: 'host', kind: 'text', choices: [] },
    { name: 'version', kind: 'version', choices: [] },
    { name: 'alarms', kind: 'number', choices: [] },
    { name: 'last_contact', kind: 'time', choices: [] },
  ].map((column) => ({
    ...column,
    sortable: true,
    filterable: true,
    searchable: column.kind === 'text',
    default_visible: true,
  })) as ListDescription['columns'],
  layout: null,
};

const profile = {
  id: idOf(1),
  login: 'maren',
  role: 'administrator',
  first_name: 'Maren',
  last_name: 'Osei',
  telephone: '',
  mobile: '',
  email: '',
  labels: [],
  expires_on: null,
  last_sign_in: null,
  has_avatar: false,
  language: 'en',
  theme: 'system',
  density: 'comfortable',
  zone: null,
} satisfies Profile;

export const sessionView: SessionView = {
  id: idOf(9),
  profile,
  gate: { kind: 'open' },
  timeout_minutes: 30,
  password_policy: 'classic',
  at: Date.now(),
  ends_at: Date.now() + 1_800_000,
  ends_at_latest: Date.now() + 36_000_000,
  may: { administer: true, create_organizations: true, manage_systems: true, launch: true },
  notices: [{ kind: 'administrator_expires', login: 'maren', on: '2026-12-31' }],
  organization: null,
};

const happened = (step: number): Happened => {
  const hours = Array.from({ length: 24 }, (_, hour) => (hour % step === 0 ? (hour % 4) + 1 : 0));
  return { count: hours.reduce((sum, one) => sum + one, 0), hours };
};
const within = (from: number, day: number, customers: readonly number[]): DueWithin[] =>
  [30, 60, 90].map((days, place) => ({ days, customers: customers[place] ?? 0, from, until: from + days * day }));

/** Lists of other features, as far as a sheet has them. */
type Describe = (list: ListDescription['list']) => ListDescription | null;

/** `count` customers, found by their place: sorting turns the order round, a search keeps every seventh. */
export function fleet(
  count: number,
  looks: Partial<Profile> = {},
  more: Handlers = {},
  describe: Describe = () => null,
): FakePlatform {
  const person = { ...profile, ...looks };
  const session = { ...sessionView, profile: person };
  const places = (query: ListQuery): number[] => {
    const all = Array.from({ length: count }, (_, index) => index)
      .filter((index) => query.search === '' || index % 7 === 0)
      .filter((index) => query.criteria.length === 0 || index % 3 === 0);
    return query.sort?.descending === true ? all.reverse() : all;
  };
  return new FakePlatform({
    'workspace.state': () => ({
      version: '0.1.0',
      instance: 'run-1',
      stage: 'ready',
      migration: null,
      demo: false,
      test_clock: null,
      demo_available: true,
      shared: false,
      folder: '/var/lib/flotilla',
      demo_login: null,
    }),
    'session.current': () => session,
    'profile.save_appearance': () => person,
    'session.touch': () => session,
    'organizations.find': () => ({
      total: 2,
      organizations: [
        { id: idOf(1), name: 'Kaufhaus Bergmann GmbH', customer: true },
        { id: idOf(2), name: 'Hafenbetriebe', customer: false },
      ],
    }),
    'work.list': () => [
      {
        id: idOf(4),
        account: 'a1',
        kind: 'import_test',
        about: 'customers.csv',
        done: 640,
        total: 1000,
        failed: 3,
        started_at: Date.now() - 60_000,
        finished_at: null,
        cancellable: true,
      },
    ],
    'dashboard.read': () => ({
      at: Date.now(),
      customers: count,
      systems: count * 3,
      connections: [
        { connection: 'connected', customers: count - 91 },
        { connection: 'problems', customers: 46 },
        { connection: 'disconnected', customers: 31 },
        { connection: 'never', customers: 14 },
      ],
      alarms: [
        { alarm_type: 'connection', severity: 'critical', alarms: 7 },
        { alarm_type: 'licence', severity: 'major', alarms: 22 },
      ],
      alarms_by_customer: {
        customers: [1, 4, 7].map((index) => ({
          id: idOf(index),
          name: customer(index).name,
          connection: 'connected' as const,
          counts: [index % 3, 3, 0, 2] as [number, number, number, number],
          oldest: Date.now() - index * 3_600_000,
        })),
        others: 81,
        other_counts: [0, 19, 68, 144] as [number, number, number, number],
      },
      critical: [],
      changes: {
        from: Date.now() - DAY,
        went_down: happened(5),
        still_down: 2,
        came_back: happened(7),
        mean_duration: 2_280_000,
        raised: happened(3),
        raised_critical: 3,
        raised_major: 8,
        cleared: happened(4),
      },
      versions: [],
      tags: [],
      profiles: [],
      states: [],
      certificates: [2, 9, 40, -3, -20].map((days, index) => ({
        id: idOf(index),
        name: customer(index).name,
        valid_until: Date.now() + days * DAY,
        expired: days < 0,
      })),
      certificates_ending: {
        expired: { customers: 2, until: Date.now() - 1 },
        within: within(Date.now(), DAY, [2, 3, 3]),
      },
      licences_due: [6, 20, 51, 88, -2, -5, -9, -140].map((days, index) => ({
        id: idOf(index),
        name: customer(index).name,
        licence_types: pick([['IP endpoints'], ['IP endpoints', 'Voicemail Pro']], index),
        expires: new Date(Date.now() + days * DAY).toISOString().slice(0, 10),
        expired: days < 0,
      })),
      licences_ending: {
        expired: { customers: 4, until: Math.floor(Date.now() / DAY) - 1 },
        within: within(Math.floor(Date.now() / DAY), 1, [6, 11, 1_019]),
      },
    }),
    'search.find': () => [
      { kind: 'organization', id: idOf(1), name: 'Kaufhaus Bergmann GmbH', customer: true },
      {
        kind: 'system',
        id: idOf(2),
        organization: idOf(1),
        name: 'KBG-HAN-01',
        customer: 'Kaufhaus Bergmann',
        host: '10.20.4.10',
      },
    ],
    'lists.describe': ({ list }) => describe(list) ?? (list === 'systems' ? systemsList : customersList),
    'lists.values': () => ({
      values: [
        { value: 'retail', rows: 238 },
        { value: 'health', rows: 176 },
        { value: '', rows: 1_068 },
      ],
      rows: count,
    }),
    'lists.views': () => [
      {
        id: idOf(5),
        name: 'Retail, before 12.0',
        shared: false,
        own: true,
        partial: false,
        query: {
          organization: null,
          search: '',
          criteria: [{ column: 'tags', test: { kind: 'any_of', values: ['retail'] } }],
          sort: { column: 'alarms', descending: true },
        },
        layout: null,
      },
    ],
    'lists.save_columns': () => ({}),
    'customers.index': (query) => packIds(places(query).map(idOf)),
    'systems.index': ({ criteria }) => {
      const kinds = criteria.flatMap(({ column, test }) =>
        column === 'kind' && test.kind === 'any_of' ? test.values : [],
      );
      const all = Array.from({ length: count }, (_, index) => index);
      return packIds(all.filter((index) => kinds.length === 0 || kinds.includes(kindOf(index))).map(idOf));
    },
    'systems.window': ({ ids }) => ids.map((id) => system(Number.parseInt(id.slice(-12), 16))),
    'customers.window': ({ ids }) => ids.map((id) => customer(Number.parseInt(id.slice(-12), 16))),
    ...deviceHandlers,
    ...connections,
    ...more,
  });
}
