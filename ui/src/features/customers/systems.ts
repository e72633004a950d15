// The systems of one customer, as its panel shows them. Pure.

import type { ConnectionView, SystemCard, SystemRole } from '$wire/types';

const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
const ROLES: Record<SystemRole, number> = { primary: 0, alone: 0, secondary: 1, expansion: 2 };

/** CUS-31: words in any order, in name, address and version of the system; the primary first. */
export function foundSystems(systems: readonly SystemCard[], search: string): SystemCard[] {
  const words = fold(search).split(/\s+/).filter(Boolean);
  return systems
    .filter(({ name, address, version }) => {
      const text = fold(`${name} ${address} ${version}`);
      return words.every((word) => text.includes(word));
    })
    .sort((left, right) => ROLES[left.role] - ROLES[right.role]);
}

/** Systems and what they are reached by; without a connection: no heading is needed, or none is known. */
export interface SystemGroup {
  connection: ConnectionView | null;
  systems: SystemCard[];
}

/** CUS-16: in the order of the connections where there are several, all together where there is one. */
export function byConnection(systems: readonly SystemCard[], connections: readonly ConnectionView[]): SystemGroup[] {
  const several = connections.length > 1 ? connections : [];
  const known = new Set(several.map(({ id }) => id));
  const rest = systems.filter(({ connection }) => connection === null || !known.has(connection));
  return [
    ...several.map((connection) => ({
      connection,
      systems: systems.filter((system) => system.connection === connection.id),
    })),
    { connection: null, systems: rest },
  ].filter((group) => group.systems.length > 0);
}

const SOUND = new Set(['online', 'unknown']);

/** What needs a look first: systems that do not answer as they should, then those with alarms or stopped services. */
export function worstFirst(systems: readonly SystemCard[]): SystemCard[] {
  const trouble = ({ state, alarms, services }: SystemCard): number =>
    (SOUND.has(state) ? 0 : 2) + (alarms > 0 || services.some(({ running }) => !running) ? 1 : 0);
  return systems.toSorted((left, right) => trouble(right) - trouble(left));
}
