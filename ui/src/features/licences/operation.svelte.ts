// An act on licences: one operation, whose id stays the same over retries, so that it is done once (LIC-61).

import { router } from '$shared/router.svelte';
import { Act } from '$shared/data.svelte';
import type { Arguments, JsonCommand } from '$platform';
import type { Receipt } from '$wire/types';

/** What every act on licences has: which operation, of which product, from which page. */
type Operation = Arguments<'licences.register'>;

/** The commands that are done once for each operation. */
type OperationCommand = {
  [Name in JsonCommand]: Arguments<Name> extends Operation ? Name : never;
}[JsonCommand];

/** An id that nobody has had: random, version 4. Browsers give one by name in a secure context only. */
export function newOperation(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/**
 * An act whose id is chosen once and kept until it has succeeded. Whoever tries again after the line was lost is told what
 * the first try came to; with other numbers the core refuses, instead of doing both.
 */
export class LicenceAct<Name extends OperationCommand> extends Act<Name> {
  #operation = newOperation();

  /** Null: it failed, and `error` says why. */
  async act(args: Omit<Arguments<Name>, 'operation' | 'screen'>): Promise<Receipt | null> {
    const whole = { ...args, operation: this.#operation, screen: screenName(router.path) };
    const receipt = (await this.run(whole as Arguments<Name>)) as Receipt | null;
    if (receipt !== null) this.#operation = newOperation();
    return receipt;
  }
}

/** The page an act is asked for on, as the history tells it (LIC-62): the part of a product's page, or the assistant. */
export function screenName(path: string): string {
  const parts = path.split('/').filter(Boolean);
  return parts[0] === 'licences' && parts[1] === 'of' ? (parts[4] ?? 'products') : (parts[1] ?? 'licences');
}
