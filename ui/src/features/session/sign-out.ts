import { session } from '$shared/session.svelte';

/** Signs out; a session the core no longer knows is as good as signed out. */
export async function signOut(): Promise<void> {
  try {
    await session.signOut();
  } catch {
    // `session.signOut` has forgotten the session either way.
  }
}
