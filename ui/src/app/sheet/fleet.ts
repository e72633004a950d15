// A fleet in memory for the component sheet: enough of the command table to draw the frame and a long list.

import { FakePlatform, type Handlers } from '$platform/fake';
import { packIds } from '$shared/lists';
import type { CustomerRow, ListDescription, ListQuery, Profile, SessionView } from '$wire/types';

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
const WORST = ['critical', 'major', 'minor', 'warning', null] as const;

export const idOf = (index: number): string => `01890000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;
const pick = <Value>(values: readonly Value[], index: number): Value => values[index % values.length] as Value;

export function customer(index: number): CustomerRow {
  const connection = pick(STATES, index * 7 + (index >> 3));
  return {
    id: idOf(index),
    connection,
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

/** `count` customers, found by their place: sorting turns the order round, a search keeps every seventh. */
export function fleet(count: number, more: Handlers = {}): FakePlatform {
  const places = (query: ListQuery): number[] => {
    const all = Array.from({ length: count }, (_, index) => index)
      .filter((index) => query.search === '' || index % 7 === 0)
      .filter((index) => query.criteria.length === 0 || index % 3 === 0);
    return query.sort?.descending === true ? all.reverse() : all;
  };
  return new FakePlatform({
    'workspace.state': () => ({
      version: '0.1.0',
      stage: 'ready',
      migration: null,
      demo: false,
      demo_available: true,
      shared: false,
      folder: '/var/lib/flotilla',
      demo_login: null,
    }),
    'session.current': () => sessionView,
    'profile.save_appearance': () => profile,
    'session.touch': () => sessionView,
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
      connections: [],
      alarms: [{ alarm_type: 'connection', severity: 'critical', alarms: 7 }],
      versions: [],
      tags: [],
      profiles: [],
      states: [],
      certificates: [],
      certificates_within: [],
      licences_within: [],
      licences_due: [],
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
    'lists.describe': () => customersList,
    'lists.views': () => [
      {
        id: idOf(5),
        name: 'Retail, before 12.0',
        shared: false,
        own: true,
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
    'customers.window': ({ ids }) => ids.map((id) => customer(Number.parseInt(id.slice(-12), 16))),
    ...more,
  });
}
