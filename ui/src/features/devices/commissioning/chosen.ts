// Which devices are to be put into service: in the address of the page, or, where they are many, kept here for as long as the program
// runs. Settings of earlier acts are kept, too, so that those that did not come back begin with them.

import { href, router } from '$shared/router.svelte';
import type { CommissionForm } from './settings';

const PAGE = '/devices/commission';
/** More than these make an address that nobody can copy. */
const IN_ADDRESS = 50;
const KEPT = 20;

class Kept<Value> {
  readonly #values = new Map<string, Value>();
  put(key: string, value: Value): void {
    this.#values.set(key, value);
    const [oldest] = this.#values.keys();
    if (this.#values.size > KEPT && oldest !== undefined) this.#values.delete(oldest);
  }
  get = (key: string): Value | null => this.#values.get(key) ?? null;
}
const lists = new Kept<readonly string[]>();
const forms = new Kept<CommissionForm>();
let next = 1;

type Query = Record<string, string | null>;
/** What an address says of the chosen devices. */
export function chosenQuery(ids: readonly string[]): Query {
  if (ids.length <= IN_ADDRESS) return { ids: ids.join(',') };
  const list = String(next);
  next += 1;
  lists.put(list, [...ids]);
  return { list };
}

/** Goes to the page. `again`: an act whose settings it begins with. */
export const openCommissioning = (ids: readonly string[], again: string | null = null): void =>
  router.go(PAGE, { ...chosenQuery(ids), again });

/** The address of the page for a few devices. */
export const commissioningOf = (ids: readonly string[]): string => href(PAGE, { ids: ids.join(',') });

/** The devices of an address; null: their list is not kept any more. */
export function chosenDevices(query: (name: string) => string | null): readonly string[] | null {
  const list = query('list');
  if (list !== null) return lists.get(list);
  return [...new Set((query('ids') ?? '').split(',').filter((id) => id !== ''))];
}

export const rememberForm = (act: string, form: CommissionForm): void => forms.put(act, form);
export const recallForm = (act: string | null): CommissionForm | null => (act === null ? null : forms.get(act));
