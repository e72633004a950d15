import { platform } from '$platform';
import type { WorkspaceState } from '$wire/types';

/** Most workspaces are open within this time; who waits longer, for a migration, waits minutes. */
const QUICKLY = { every: 50, times: 40 };
const SLOWLY = 500;

/** The first question, asked before there is anything that could show its answer. */
let begun: Promise<WorkspaceState> | null = null;

const ask = (): Promise<WorkspaceState> => platform().call('workspace.state', {});

/** Asks for the state while the rest of the interface is still being loaded (PERF-01); `opened` takes the answer. */
export function beginOpening(): void {
  begun = ask();
  // Why it failed is said by whoever takes the answer.
  begun.catch(() => undefined);
}

/** Whether the workspace is being opened: it answers with its state, and nothing else. */
export function isOpening(state: WorkspaceState): boolean {
  return state.stage === 'opening' || state.stage === 'migrating';
}

/**
 * Asks for the state until the workspace is no longer being opened, and answers that one; those before go to `onState`.
 * Gives up with the last one as soon as `wanted` says no.
 */
export async function opened(
  onState: (state: WorkspaceState) => void,
  wanted: () => boolean = () => true,
): Promise<WorkspaceState> {
  for (let asked = 0; ; asked += 1) {
    const first = begun;
    begun = null;
    const state = await (first ?? ask());
    if (!isOpening(state) || !wanted()) return state;
    onState(state);
    const pause = asked < QUICKLY.times ? QUICKLY.every : SLOWLY;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
