// What devices are to get when they are put into service, as the form has it (DEV-60). Pure, but for the language in force.

import type { FieldProblem } from '$platform';
import { format, problemOf, t } from '$shared/i18n';
import type { CommissionSettings } from '$wire/types';

/** Where servers come from: `keep` leaves them as they are, `network` takes those that the network names. */
export type Servers = 'keep' | 'network' | 'these';

export interface CommissionForm {
  addressing: 'keep' | 'network' | 'range';
  first: string;
  last: string;
  prefix: number | null;
  gateway: string;
  nameServers: Servers;
  nameServerList: string[];
  /** A template; empty: host names stay as they are. */
  hostName: string;
  /** Empty: it stays as it is. */
  zone: string;
  timeServers: Servers;
  timeServerList: string[];
}

/** Everything stays as it is. */
export const asItIs = (): CommissionForm => ({
  addressing: 'keep',
  first: '',
  last: '',
  prefix: 24,
  gateway: '',
  nameServers: 'keep',
  nameServerList: [],
  hostName: '',
  zone: '',
  timeServers: 'keep',
  timeServerList: [],
});

/** The core takes so many name servers and time servers. */
export const MOST_NAME_SERVERS = 3;
export const MOST_TIME_SERVERS = 8;

/** None typed yet is one that is none, or it would read as those of the network. */
const serversOf = (servers: Servers, list: readonly string[]): string[] | null =>
  servers === 'keep' ? null : servers === 'network' ? [] : list.length === 0 ? [''] : [...list];

export function settingsOf(form: CommissionForm): CommissionSettings {
  const prefix = form.prefix ?? 0;
  return {
    addressing:
      form.addressing === 'range'
        ? {
            kind: 'range',
            first: form.first.trim(),
            last: form.last.trim(),
            // What is no length of a prefix is refused by the core, under its field.
            prefix: Number.isInteger(prefix) && prefix > 0 && prefix < 256 ? prefix : 0,
            gateway: form.gateway.trim(),
          }
        : { kind: form.addressing },
    name_servers: serversOf(form.nameServers, form.nameServerList),
    host_name: form.hostName.trim(),
    zone: form.zone,
    time_servers: serversOf(form.timeServers, form.timeServerList),
  };
}

/** The form that says this. */
export function formOf({
  addressing,
  name_servers,
  host_name,
  zone,
  time_servers,
}: CommissionSettings): CommissionForm {
  const from = (servers: readonly string[] | null): Servers =>
    servers === null ? 'keep' : servers.length === 0 ? 'network' : 'these';
  return {
    ...asItIs(),
    addressing: addressing.kind,
    ...(addressing.kind === 'range'
      ? { first: addressing.first, last: addressing.last, prefix: addressing.prefix, gateway: addressing.gateway }
      : {}),
    nameServers: from(name_servers),
    nameServerList: [...(name_servers ?? [])],
    hostName: host_name,
    zone,
    timeServers: from(time_servers),
    timeServerList: [...(time_servers ?? [])],
  };
}

/** Whether these settings alone change anything; a host name of a single device is a change, too. */
export const changesSomething = (settings: CommissionSettings): boolean =>
  settings.addressing.kind !== 'keep' ||
  settings.name_servers !== null ||
  settings.time_servers !== null ||
  settings.zone !== '' ||
  settings.host_name !== '';

/** What is wrong here in particular, where the words of the code alone are those of another field. */
const PARTICULAR: Record<string, string> = {
  'settings.addressing.first field.not-an-address': 'commission-wrong-first',
  'settings.addressing.last field.not-an-address': 'commission-wrong-last',
  'settings.addressing.last discovery.too-many-addresses': 'commission-wrong-many',
  'settings.addressing.prefix field.not-available': 'commission-wrong-prefix',
  'settings.addressing.gateway field.not-an-address': 'commission-wrong-gateway',
  'settings.name_servers field.not-an-address': 'commission-wrong-name-servers',
  'settings.time_servers field.not-an-address': 'commission-wrong-time-servers',
  'settings.host_name field.not-a-template': 'commission-wrong-template',
};

/** The words under a field of the form, or of a device in the preview. */
export function commissionProblem(problems: readonly FieldProblem[], field: string): string | undefined {
  const found = problems.find((problem) => problem.field === field);
  if (found === undefined) return undefined;
  const own = PARTICULAR[`${field} ${found.code}`];
  if (own !== undefined) return t(own, numbersOf(found));
  const part = /^devices\.\d+\.(address|host_name)$/.exec(field)?.[1];
  if (part === 'address' && found.code === 'field.not-an-address') return t('commission-wrong-address');
  if (found.code === 'field.taken') return t(part === 'address' ? 'commission-twice-address' : 'commission-twice-name');
  return problemOf(problems, field);
}
const numbersOf = ({ params }: FieldProblem): Record<string, string> =>
  typeof params?.limit === 'number' ? { limit: format.number(params.limit) } : {};

// ── Host names ──

/** The words between braces that a template may have. */
export const PLACEHOLDERS = ['serial', 'model', 'n', 'folder'] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];
export type NameParts = Record<Placeholder, string>;

const LONGEST_NAME = 253;
const LONGEST_LABEL = 63;

/**
 * The host name that a template makes, as the core makes it: what host names cannot have becomes a hyphen. Null: none, because a
 * word between braces is not known, or nothing is left.
 */
export function hostNameOf(template: string, parts: NameParts): string | null {
  const known = (word: string): word is Placeholder => (PLACEHOLDERS as readonly string[]).includes(word);
  let wrong = false;
  const text = template.trim().replaceAll(/\{([^{}]*)\}|[{}]/g, (_, word: string | undefined) => {
    if (word !== undefined && known(word)) return parts[word];
    wrong = true;
    return '';
  });
  if (wrong) return null;
  const name = text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]+/g, '-')
    .replaceAll(/-*\.-*/g, '.')
    .replaceAll(/^-|-$/g, '');
  const fits =
    name.length <= LONGEST_NAME && name.split('.').every((label) => label !== '' && label.length <= LONGEST_LABEL);
  return fits ? name : null;
}

/** A text with a placeholder in place of what is selected in it, and where the caret is then. */
export function insert(text: string, placeholder: Placeholder, from: number, to: number): { text: string; at: number } {
  const word = `{${placeholder}}`;
  return { text: text.slice(0, from) + word + text.slice(to), at: from + word.length };
}
