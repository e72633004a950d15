// Before and around a session: signing in, terms, a password that must be changed, the watch over its end.

import type { PaletteCommand, Route } from '$shared/app-types';

export { default as ChangePassword } from './ChangePassword.svelte';
export { default as DemoBanner } from './DemoBanner.svelte';
export { default as JoinedPlace } from './JoinedPlace.svelte';
export { default as SessionWatch } from './SessionWatch.svelte';
export { default as SignIn } from './SignIn.svelte';
export { default as Terms } from './Terms.svelte';

export const routes: Route[] = [];
export const commands: PaletteCommand[] = [];
