import { describe, expect, it } from 'vitest';
import type { FolderNode, SystemState } from '$wire/types';
import { health, pathTo, shown, targetsOf, within } from './tree';

const node = (id: string, parent: string | null, more: Partial<FolderNode> = {}): FolderNode => ({
  id,
  parent,
  name: id,
  default: parent === null,
  zone: null,
  zone_in_force: 'UTC',
  systems: 0,
  states: [],
  alarms: [],
  ...more,
});
// By their names, as the core sends them: a folder may come before the one it is in.
const NODES = [node('attic', 'north'), node('north', 'top'), node('south', 'top'), node('top', null)];

/** ORG-20 */
describe('a tree of folders', () => {
  it('is shown from top to bottom, without what is below a closed one', () => {
    const lines = (closed: string[]): string[] =>
      shown(NODES, new Set(closed)).map((branch) => `${String(branch.level)} ${branch.node.id} ${String(branch.open)}`);
    expect(lines([])).toEqual(['1 top true', '2 north true', '3 attic false', '2 south false']);
    expect(lines(['north'])).toEqual(['1 top true', '2 north false', '2 south false']);
    expect(lines(['top'])).toEqual(['1 top false']);
  });

  it('knows what is below, and what is above', () => {
    expect([...within(NODES, 'north')].sort()).toEqual(['attic', 'north']);
    expect([...within(NODES, 'top')].length).toBe(4);
    expect(pathTo(NODES, 'attic').map(({ id }) => id)).toEqual(['top', 'north', 'attic']);
  });

  it('offers no place that a folder cannot go to', () => {
    expect([...targetsOf(NODES, 'north')].sort()).toEqual(['south']);
    expect([...targetsOf(NODES, 'attic')].sort()).toEqual(['south', 'top']);
  });

  it('is shown in part where only a part is seen', () => {
    expect(shown([node('attic', null, { default: false })]).map((branch) => branch.node.id)).toEqual(['attic']);
  });

  /** ORG-24 */
  it('says what the states of its systems come to', () => {
    const states = (counts: Partial<Record<SystemState, number>>): FolderNode =>
      node('one', null, {
        states: Object.entries(counts).map(([state, systems]) => ({ state: state as SystemState, systems })),
      });
    expect(health(states({ online: 3, limited_api: 1, upgrading: 2, unreachable: 1, certificate_changed: 1 }))).toEqual(
      [
        { health: 'connected', systems: 3 },
        { health: 'problems', systems: 3 },
        { health: 'disconnected', systems: 2 },
      ],
    );
    expect(health(states({}))).toEqual([]);
  });
});
