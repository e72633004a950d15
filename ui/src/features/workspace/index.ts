// Before a workspace can be used: its opening, its database password and its first administrator.

import type { PaletteCommand, Route } from '$shared/app-types';

export { default as DatabasePassword } from './DatabasePassword.svelte';
export { default as FirstStart } from './FirstStart.svelte';
export { default as OpeningPage } from './OpeningPage.svelte';

export const routes: Route[] = [];
export const commands: PaletteCommand[] = [];
