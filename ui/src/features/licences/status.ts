// What a licence status says and asks for (LIC-04). Pure: pages draw what these decide.

import { format, t } from '$shared/i18n';
import type { LicenceStatus, ProductDetails, ProductLine, StatusKind, YearDetails, YearState } from '$wire/types';
import { daysLeft, type ActName } from './paths';

/** In the order of how much they ask for somebody. */
export const STATUSES: readonly StatusKind[] = [
  'unlicensed',
  'renewal_due',
  'started',
  'beyond_growth',
  'trial_ended',
  'trial',
  'registered',
  'licensed',
  'nothing_needed',
  'not_registered',
  'archived',
];

/** How it is told: nothing to do, look here, not licensed, or no state at all. */
export type Tone = 'good' | 'care' | 'bad' | 'plain';

const TONES: Record<StatusKind, Tone> = {
  archived: 'plain',
  not_registered: 'plain',
  registered: 'plain',
  trial: 'plain',
  trial_ended: 'care',
  started: 'care',
  renewal_due: 'care',
  unlicensed: 'bad',
  beyond_growth: 'care',
  nothing_needed: 'plain',
  licensed: 'good',
};
export const toneOf = (kind: StatusKind): Tone => TONES[kind];

/** The status in words, with its date. */
export function statusWords({ kind, date, due }: LicenceStatus): string {
  return t(`licences-status-${kind}`, {
    date: date === null ? '' : format.calendarDate(date),
    count: due,
    number: format.number(due),
  });
}

/** What the status leads to next. */
export type Step = ActName | 'redeem';

/** Where the wallet holds what is short, it is allocated; else keys are redeemed first. */
const cover = (shortage: number, wallet: number): Step | null => {
  if (shortage === 0) return null;
  return wallet >= shortage ? 'allocate' : 'redeem';
};

/** So many days before the end of a licensed year its renewal is the next step. */
export const RENEW_WITHIN = 90;

/** The one thing to do next with a product (LIC-03); null: nothing is due. */
export function nextStep(
  product: Pick<ProductLine, 'status' | 'shortage' | 'wallet' | 'next_date'>,
  today: string,
): Step | null {
  switch (product.status.kind) {
    case 'archived':
    case 'nothing_needed':
      return null;
    case 'not_registered':
      return 'register';
    case 'registered':
    case 'trial':
    case 'trial_ended':
      return 'start';
    case 'started':
    case 'renewal_due':
    case 'unlicensed':
    case 'beyond_growth':
      return cover(product.shortage, product.wallet);
    case 'licensed': {
      const soon = product.next_date !== null && daysLeft(today, product.next_date) <= RENEW_WITHIN;
      if (!soon) return null;
      return product.wallet > 0 ? 'allocate' : 'redeem';
    }
  }
}

/** The button of a step; before the end of a licensed year allocating is renewing (LIC-31). */
export const stepWords = (step: Step, kind: StatusKind): string =>
  t(step === 'allocate' && kind === 'licensed' ? 'licences-do-renew' : `licences-do-${step}`);

/** What is short in the present year, by type. */
export function shortNow(details: ProductDetails): { name: string; quantity: number }[] {
  const year = details.subscription?.years.find((one) => one.year === details.subscription?.year);
  if (year === undefined || year.state === 'licensed') return [];
  return year.types
    .filter(({ short }) => short > 0)
    .map(({ licence_type, short }) => ({ name: typeName(details, licence_type), quantity: short }));
}

/** A type's name as it stands among others, where a comma inside it would begin the next one: *HD · 7 d*. */
export const plainName = (name: string): string => name.replaceAll(/\s*[,、，]\s*/gu, ' · ');

/** What a type is called. */
export const typeName = (details: Pick<ProductDetails, 'terms'>, type: string): string =>
  plainName(details.terms.types.find(({ licence_type }) => licence_type === type)?.name ?? type);

/** A quantity with its type: *24 Core*. */
export const amount = (quantity: number, name: string): string =>
  t('licences-amount', { number: format.number(quantity), name });

/** A term in years; 0: not bound to years. */
export const termWords = (term: number): string =>
  term === 0 ? t('licences-term-none') : t('licences-term', { count: term });

/** *2026–27*, or *2026* of a year that begins with January. */
export function yearName({ from, until }: Pick<YearDetails, 'from' | 'until'>): string {
  const [first, last] = [from.slice(0, 4), until.slice(0, 4)];
  return first === last ? first : `${first}–${last.slice(2)}`;
}

const YEAR_TONES: Record<YearState, Tone> = {
  past: 'plain',
  licensed: 'good',
  grace: 'care',
  unlicensed: 'bad',
  nothing_needed: 'plain',
  short: 'plain',
  not_allocated: 'plain',
};
export const yearTone = (state: YearState): Tone => YEAR_TONES[state];

/** How much of what a year needs is allocated, from 0 to 1. */
export function covered(year: YearDetails): number {
  const need = year.types.reduce((sum, type) => sum + type.need, 0);
  const short = year.types.reduce((sum, type) => sum + type.short, 0);
  if (year.state === 'past') return year.types.some(({ allocated }) => allocated > 0) ? 1 : 0;
  return need === 0 ? 0 : Math.max(0, (need - short) / need);
}

/** Where a person may go from a status besides its next step. */
export function possible(details: ProductDetails): ReadonlySet<Step> {
  const { status, registered, trial, subscription, terms, wallet } = details;
  const can = new Set<Step>();
  if (status.kind === 'archived') return can;
  if (registered === null) return can.add('register');
  can.add('redeem').add('need');
  const running = subscription !== null && subscription.ended === null;
  if (subscription === null) can.add('start');
  if (subscription === null && trial === null && terms.trial_days > 0) can.add('trial');
  if (running) can.add('allocate').add('end');
  if (terms.transferable && wallet.length > 0) can.add('transfer');
  return can;
}

/** How long it is to a last day, or since it: *40 days left*, *1 day left* on the day itself, *3 days ago*. */
export function leftWords(today: string, lastDay: string): string {
  const left = daysLeft(today, lastDay);
  return left > 0 ? t('licences-left', { count: left }) : t('licences-days-ago', { count: 1 - left });
}
