// Systems in memory for the component sheet: cameras in every state, what is recommended for them, and who may sign in there; video
// servers with the devices that they work with, and connected applications.

import { WireError } from '$platform';
import type { Handlers } from '$platform/fake';
import { packIds } from '$shared/lists';
import { jobId } from './jobs';
import type { SystemKind, SystemRow, SystemState, UpgradeStep, VideoServerView } from '$wire/types';

const STATES: readonly SystemState[] = [
  'online',
  'online',
  'upgrading',
  'online',
  'certificate_changed',
  'needs_setup',
  'online',
  'authentication_failed',
  'unreachable',
  'reachable_no_api',
  'limited_api',
  'unknown',
];
const MODELS = ['P3265-LVE', 'P3265-V', 'Q6135-LE', 'P1468-LE', 'M4327-P', 'Q1808-LE', 'I8116-E', 'C1310-E', 'M3057'];
const VERSIONS = ['10.12.153', '11.11.141', '12.6.85', '12.7.61'];
const PLACES = ['B4-PTZ', 'B4-Gate', 'CS-Dome', 'PH-Einfahrt', '救急-入口', 'URG-Accueil'];
const pick = <Value>(values: readonly Value[], index: number): Value => values[index % values.length] as Value;

const OTHERS: readonly SystemKind[] = ['telephone_server', 'video_server', 'telephone_server', 'connected_application'];
/** Of three systems two are cameras. */
export const kindOf = (index: number): SystemKind => (index % 3 !== 0 ? 'camera' : pick(OTHERS, index / 3));

/** What a camera has that other systems have not. */
export const camera = (index: number): Partial<SystemRow> => ({
  kind: 'camera',
  name: `${pick(PLACES, index)}-${String(index).padStart(2, '0')}`,
  role: 'alone',
  state: pick(STATES, index),
  model: pick(MODELS, index >> 1),
  serial: `B8A44F${(0x1c20d7 + index).toString(16).toUpperCase()}`,
  version: pick(STATES, index) === 'reachable_no_api' ? '' : pick(VERSIONS, index),
  services: 0,
  stopped_services: 0,
});

const SERVERS = ['KTH-NVR-04', 'KBG-VMS-01', '港-録画-02'];
const SERVER_VERSIONS = ['6.8.21345', '6.11.30012', '5.58.9004'];
/** What a video server has that other systems have not. */
export const videoServer = (index: number): Partial<SystemRow> => ({
  connection: pick(['n4', 'n5'], index >> 3),
  name: pick(SERVERS, index >> 3),
  role: 'alone',
  state: pick(['online', 'unknown'], index >> 3),
  model: 'S1148',
  serial: '',
  version: pick(SERVER_VERSIONS, index >> 3),
  services: 0,
  stopped_services: 0,
});

/** What a connected application has that other systems have not. */
export const application = (index: number): Partial<SystemRow> => ({
  connection: null,
  name: `Body Worn ${index}`,
  role: 'alone',
  state: 'unknown',
  model: 'Body Worn',
  serial: '',
  host: '',
  version: '',
  alarms: 0,
  worst_alarm: null,
  services: 0,
  stopped_services: 0,
  last_contact: null,
});

/** By kind, what a row has besides what all have. */
export function special(index: number): Partial<SystemRow> {
  const kind = kindOf(index);
  if (kind === 'camera') return camera(index);
  if (kind === 'video_server') return videoServer(index);
  return kind === 'connected_application' ? application(index) : {};
}

const serverView: VideoServerView = {
  connection: 'n4',
  monitored: true,
  interface: '1.4',
  time_zone: 'Europe/Stockholm',
  vendor: 'Axis Communications',
  devices: MODELS.map((model, place) => ({
    system: place % 3 === 2 ? null : `01890000-0000-7000-8000-${(place * 3 + 1).toString(16).padStart(12, '0')}`,
    name: `${pick(PLACES, place)}-${place}`,
    model,
    serial: `B8A44F${(0x1c20d7 + place).toString(16).toUpperCase()}`,
    address: `10.44.4.${30 + place}`,
  })),
  device_count: 612,
};

const step = (version: string, size: number, verified: boolean): UpgradeStep => ({
  version,
  package: `p-${version}`,
  size,
  verified,
});
const PATHS: readonly UpgradeStep[][] = [
  [step('11.11.178', 82_000_000, true), step('12.7.61', 94_000_000, true)],
  [step('11.11.178', 82_000_000, true)],
  [step('12.7.61', 94_000_000, false)],
  [],
];
const indexOf = (id: string): number => Number.parseInt(id.slice(-12), 16);

export const deviceHandlers: Handlers = {
  'devices.models': () =>
    MODELS.concat(['A9188', 'D2110-VE']).map((model, place) => ({
      model,
      devices: 6_120 >> place,
      upgradable: place % 5 === 4 ? 0 : 4_902 >> place,
    })),
  'devices.software': ({ ids }) =>
    ids
      .filter((id) => kindOf(indexOf(id)) === 'camera' || kindOf(indexOf(id)) === 'video_server')
      .map((id) => {
        const index = indexOf(id);
        if (kindOf(index) === 'video_server') {
          const path = videoServer(index).version === '6.11.30012' ? [] : [step('6.11.30012', 812_000_000, true)];
          return { system: id, track: null, path, missing: [], known: true };
        }
        const path = pick(PATHS, index);
        const known = index % 7 !== 6;
        return {
          system: id,
          track: camera(index).version === '' ? null : index % 4 === 1 ? 'long_term' : 'active',
          path: known ? path : [],
          missing: index % 11 === 10 ? ['10.12'] : [],
          known,
        };
      }),
  'systems.video_server': () => serverView,
  'systems.application': ({ id }) => ({
    id,
    fields: { name: `Body Worn ${indexOf(id)}`, model: 'Body Worn', host: '', folder: 'f1' },
  }),
  'systems.save_application': () => {
    throw new WireError({ code: 'changed-meanwhile' });
  },
  'connections.monitor': ({ ids }) => ids.map((id) => ({ id, name: 'Hall recorder', problem: null, switched: true })),
  'devices.accounts': () => [
    { name: 'root', role: 'administrator', ptz: true, own: false },
    { name: 'flotilla', role: 'administrator', ptz: false, own: true },
    { name: 'nvr04', role: 'operator', ptz: true, own: false },
  ],
  'devices.restart': () => ({ id: jobId(0), name: 'Restart', skipped: [] }),
  'devices.act': () => ({
    id: 'a1',
    kind: 'restart',
    about: '',
    account_name: 'maren',
    started_at: Date.now() - 90_000,
    finished_at: Date.now(),
    work: null,
    counts: { all: 1, waiting: 0, running: 0, done: 1, failed: 0, unknown: 0, left: 0 },
    reasons: [],
    commission: null,
  }),
  'device_results.index': () => new Uint8Array(),
  'alarms.index': () => packIds([]),
  'folders.tree': () => [],
  'organizations.read': () => ({ may_manage: true }) as never,
};
