// The folders of an organization as a tree (ORG-20, ORG-24). Pure.

import type { FolderNode, SystemState } from '$wire/types';

/** A folder with its place in the tree. */
export interface Branch {
  node: FolderNode;
  /** The uppermost ones are on level 1. */
  level: number;
  /** How many folders are directly in it. */
  children: number;
  open: boolean;
}

/** The folders that are shown, from top to bottom; `closed` hide what is below them. They come by their names. */
export function shown(nodes: readonly FolderNode[], closed: ReadonlySet<string> = new Set()): Branch[] {
  const below = new Map<string | null, FolderNode[]>();
  for (const node of nodes) below.set(node.parent, [...(below.get(node.parent) ?? []), node]);
  const branches: Branch[] = [];
  const put = (parent: string | null, level: number): void => {
    for (const node of below.get(parent) ?? []) {
      const children = below.get(node.id)?.length ?? 0;
      const open = children > 0 && !closed.has(node.id);
      branches.push({ node, level, children, open });
      if (open) put(node.id, level + 1);
    }
  };
  put(null, 1);
  return branches;
}

/** A folder and all below it. */
export function within(nodes: readonly FolderNode[], id: string): Set<string> {
  const found = new Set([id]);
  // A folder never comes before the one it is in by this order, whatever their names are.
  for (const { node } of shown(nodes)) if (node.parent !== null && found.has(node.parent)) found.add(node.id);
  return found;
}

/** The folders above one, the uppermost first, and the folder itself. */
export function pathTo(nodes: readonly FolderNode[], id: string): FolderNode[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const path: FolderNode[] = [];
  let here = byId.get(id);
  while (here !== undefined && path.length < nodes.length) {
    path.unshift(here);
    here = here.parent === null ? undefined : byId.get(here.parent);
  }
  return path;
}

/** Where a folder can be moved: not into itself, not below, and not where it is. */
export function targetsOf(nodes: readonly FolderNode[], id: string): Set<string> {
  const inside = within(nodes, id);
  const parent = nodes.find((node) => node.id === id)?.parent ?? null;
  return new Set(nodes.map((node) => node.id).filter((other) => !inside.has(other) && other !== parent));
}

/** What the states of a folder's systems come to. */
export type Health = 'connected' | 'problems' | 'disconnected';
const HEALTH: Partial<Record<SystemState, Health>> = {
  online: 'connected',
  unreachable: 'disconnected',
  certificate_changed: 'disconnected',
};

/** Systems that answer, that answer in part or wait for somebody, and that do not; only what there is. */
export function health(node: FolderNode): { health: Health; systems: number }[] {
  const counts: Record<Health, number> = { connected: 0, problems: 0, disconnected: 0 };
  for (const { state, systems } of node.states) counts[HEALTH[state] ?? 'problems'] += systems;
  return (Object.keys(counts) as Health[])
    .filter((one) => counts[one] > 0)
    .map((one) => ({ health: one, systems: counts[one] }));
}

/** What is dragged between folders: systems by their ids, or one folder. */
export const SYSTEMS_DRAGGED = 'application/x-flotilla-systems';
export const FOLDER_DRAGGED = 'application/x-flotilla-folder';
