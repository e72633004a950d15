// The accounts of the ledger in words (LIC-60).

import { t } from '$shared/i18n';
import type { SubscriptionDetails } from '$wire/types';
import { yearName } from './status';

/** The account of a year's allocations. */
export const yearAccount = (year: number): string => `year:${year}`;
/** The account of a system's licences. */
export const systemAccount = (system: string): string => `system:${system}`;

const PLAIN: Record<string, string> = {
  issuer: 'licences-account-issuer',
  wallet: 'licences-account-wallet',
  waiting: 'licences-account-waiting',
  'frozen:wallet': 'licences-account-frozen',
  'frozen:waiting': 'licences-account-frozen',
  expired: 'licences-account-expired',
  consumed: 'licences-account-consumed',
  returned: 'licences-account-returned',
  residual: 'licences-account-residual',
};
const KINDS: Record<string, string> = {
  system: 'licences-account-system',
  'pending-offline': 'licences-account-offline',
  'in-transit': 'licences-account-transit',
};

/** What an account is called; a year by its days, as far as they are known. */
export function accountWords(account: string, subscription: SubscriptionDetails | null): string {
  const plain = PLAIN[account];
  if (plain !== undefined) return t(plain);
  const at = account.indexOf(':');
  const [kind, rest] = [account.slice(0, at), account.slice(at + 1)];
  if (kind === 'year') {
    const year = subscription?.years.find((one) => one.year === Number(rest));
    return t('licences-account-year', { year: year === undefined ? rest : yearName(year) });
  }
  const known = KINDS[kind];
  return known === undefined ? account : t(known);
}
