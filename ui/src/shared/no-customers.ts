// Why somebody sees no customers, and with them nothing that belongs to customers.

import { t } from './i18n';
import { session } from './session.svelte';

/**
 * What a list says that is empty because there is no customer: who may add none waits for somebody who does, and who may add some
 * waits or begins. `administrator`, `operator`: what the list itself says to these.
 */
export function noCustomersWhy(administrator: string, operator: string): string {
  if (session.administrator) return t(administrator);
  return t(session.may.create_organizations ? 'customers-empty-own' : operator);
}
