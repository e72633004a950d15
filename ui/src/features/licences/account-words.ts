// The accounts of the ledger in words (LIC-60).

import { t } from '$shared/i18n';
import type { SubscriptionDetails, YearDetails } from '$wire/types';
import { anniversary } from './opening';
import { dayAfter } from './paths';
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

/** The days of any year: the core tells only those of the last years and of the ones that can be allocated to. */
function daysOf(year: number, { start, first_day, years }: SubscriptionDetails): Pick<YearDetails, 'from' | 'until'> {
  const known = years.find((one) => one.year === year);
  if (known !== undefined) return known;
  const begins = anniversary(start, year);
  return { from: begins < first_day ? first_day : begins, until: dayAfter(anniversary(start, year + 1), -1) };
}

/** What an account is called; a year by its days, as soon as the subscription is known. */
export function accountWords(account: string, subscription: SubscriptionDetails | null): string {
  const plain = PLAIN[account];
  if (plain !== undefined) return t(plain);
  const at = account.indexOf(':');
  const [kind, rest] = [account.slice(0, at), account.slice(at + 1)];
  if (kind === 'year') {
    if (subscription === null) return t('licences-account-some-year');
    return t('licences-account-year', { year: yearName(daysOf(Number(rest), subscription)) });
  }
  const known = KINDS[kind];
  return known === undefined ? account : t(known);
}
