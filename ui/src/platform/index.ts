import { tauriPlatform } from './tauri';
import { webPlatform } from './web';
import type { Platform } from './types';

let current: Platform | null = null;

/** The host this page runs in. */
export function platform(): Platform {
  current ??= '__TAURI_INTERNALS__' in window ? tauriPlatform() : webPlatform();
  return current;
}

/** For tests and the component sheet: another host. */
export function usePlatform(other: Platform | null): void {
  current = other;
}

export { WireError } from './types';
export type * from './types';
