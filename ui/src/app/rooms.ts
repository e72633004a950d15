// The rooms there are, found by their folders: `features/<room>/index.ts` says what each one adds.

import type { Component } from 'svelte';
import type { SessionView, WorkspaceState } from '$wire/types';
import type { PaletteCommand, Route } from '$shared/app-types';

/** What the frame looks for in a room; every room has some of it. */
export interface Room {
  routes?: Route[];
  commands?: PaletteCommand[];
  FirstStart?: Component<{ workspace: WorkspaceState; onready: () => void }>;
  DatabasePassword?: Component<{ workspace: WorkspaceState; onready: () => void }>;
  OpeningPage?: Component<{ workspace: WorkspaceState }>;
  SignIn?: Component<{ workspace: WorkspaceState; covering: boolean }>;
  Terms?: Component<{ session: SessionView }>;
  ChangePassword?: Component<{ session: SessionView }>;
  SessionWatch?: Component;
  DemoBanner?: Component;
  JoinedPlace?: Component;
}

const found = import.meta.glob<Room>('../features/*/index.ts', { eager: true });
const all: Record<string, Room> = Object.fromEntries(
  Object.entries(found).map(([path, room]) => [path.split('/').at(-2) ?? path, room]),
);

export const workspaceRoom: Room = all.workspace ?? {};
export const sessionRoom: Room = all.session ?? {};
export const routes: readonly Route[] = Object.values(all).flatMap((room) => room.routes ?? []);
export const commands: readonly PaletteCommand[] = Object.values(all).flatMap((room) => room.commands ?? []);
