// The systems of one customer, as its panel shows them. Pure.

import type { SystemCard, SystemRole } from '$wire/types';

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
