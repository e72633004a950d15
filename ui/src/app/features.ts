// The features there are, found by their folders: `features/<feature>/index.ts` says what each one adds.

import type { Component } from 'svelte';
import type { SessionView, WorkspaceState } from '$wire/types';
import type { PaletteCommand, Route } from '$shared/app-types';

/** What the frame looks for in a feature; every feature has some of it. */
export interface Feature {
  routes?: Route[];
  commands?: PaletteCommand[];
  FirstStart?: Component<{ workspace: WorkspaceState; onready: () => void }>;
  DatabasePassword?: Component<{ workspace: WorkspaceState; onready: () => void }>;
  OpeningPage?: Component<{ workspace: WorkspaceState }>;
  SignIn?: Component<{ workspace: WorkspaceState; covering: boolean; restarted?: boolean }>;
  Terms?: Component<{ session: SessionView }>;
  ChangePassword?: Component<{ session: SessionView }>;
  SessionWatch?: Component;
  DemoBanner?: Component;
  JoinedPlace?: Component;
  TestClockBanner?: Component;
  TestClockDialog?: Component;
}

const found = import.meta.glob<Feature>('../features/*/index.ts', { eager: true });
const all: Record<string, Feature> = Object.fromEntries(
  Object.entries(found).map(([path, feature]) => [path.split('/').at(-2) ?? path, feature]),
);

export const workspaceFeature: Feature = all.workspace ?? {};
export const sessionFeature: Feature = all.session ?? {};
export const licencesFeature: Feature = all.licences ?? {};
export const routes: readonly Route[] = Object.values(all).flatMap((feature) => feature.routes ?? []);
export const commands: readonly PaletteCommand[] = Object.values(all).flatMap((feature) => feature.commands ?? []);
