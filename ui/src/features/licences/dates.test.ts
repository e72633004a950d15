import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { usePlatform } from '$platform';
import { FakePlatform } from '$platform/fake';
import { queryClient } from '$shared/data.svelte';
import { format, now } from '$shared/i18n';
import { joined } from '$shared/joined.svelte';
import { session } from '$shared/session.svelte';
import { testClock } from '$shared/test-clock.svelte';
import { profile, sessionView } from '$features/session/testing';
import type { LicenceNotice } from '$wire/types';
import LicenceNotices from './LicenceNotices.svelte';
import TestClockBanner from './TestClockBanner.svelte';
import TestClockDialog from './TestClockDialog.svelte';
import { dayAfter, lastShelfDay, laterByYears } from './paths';
import { ORGANIZATION } from './testing';
import WhereToBuy from './WhereToBuy.svelte';

const person = userEvent.setup();
let host: FakePlatform;

beforeEach(() => {
  queryClient.clear();
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
    this.open = false;
    this.dispatchEvent(new Event('close'));
  };
  host = new FakePlatform({});
  usePlatform(host);
  testClock.take(null);
  testClock.choosing = false;
});

/** LIC-54 */
describe('a copy at another date', () => {
  const DAY = 86_400_000;

  it('says its date, and is left from wherever the person is', async () => {
    testClock.take({ date: '2099-01-01', ahead: 400 * DAY });
    expect(testClock.date).toBe(format.dayOf(Date.now() + 400 * DAY));
    render(TestClockBanner);
    await screen.findByText(`What if today were ${format.calendarDate(testClock.date)}`);
    expect(screen.queryByRole('button', { name: 'Close' })).toBeNull();
    const before = joined.exchanges;
    await person.click(screen.getByRole('button', { name: 'Discard copy and return' }));
    expect(host.dates).toEqual([null]);
    expect(joined.exchanges).toBe(before + 1);
    testClock.take(null);
    expect(now.ahead).toBe(0);
  });

  it('goes forward only', async () => {
    testClock.take({ date: '2099-01-01', ahead: 400 * DAY });
    testClock.choosing = true;
    render(TestClockDialog);
    const field = await screen.findByLabelText<HTMLInputElement>('Date');
    const go = screen.getByRole<HTMLButtonElement>('button', { name: 'Go to date' });
    expect(go.disabled).toBe(true);
    await person.type(field, testClock.date);
    expect(go.disabled).toBe(true);
    const later = dayAfter(testClock.date, 31);
    await person.clear(field);
    await person.type(field, later);
    await person.click(go);
    expect(host.dates).toEqual([later]);
    await waitFor(() => expect(testClock.choosing).toBe(false));
  });

  it('is gone further in by administrators only', () => {
    testClock.take({ date: '2099-01-01', ahead: DAY });
    session.view = sessionView({ profile: profile({ role: 'operator' }) });
    render(TestClockBanner);
    expect(screen.queryByRole('button', { name: 'Another date…' })).toBeNull();
    session.view = null;
  });
});

const notice = (more: Partial<LicenceNotice>): LicenceNotice => ({
  id: 'n1',
  organization: ORGANIZATION,
  customer: 'Kaufhaus Bergmann',
  product: 'camera-station-pro',
  product_name: 'AXIS Camera Station Pro',
  kind: 'shelf_life',
  date: '2030-12-31',
  lot: 'l1',
  key: '••••-7K2M',
  quantity: 12,
  ...more,
});

/** LIC-17, LIC-22 */
describe('notices', () => {
  it('lead to the lot or the years, and are dismissed one by one', async () => {
    const dismissed: unknown[] = [];
    host = new FakePlatform({
      'licences.dismiss_notice': (args) => {
        dismissed.push(args);
        return {};
      },
    });
    usePlatform(host);
    const notices = [notice({}), notice({ id: 'n2', kind: 'growth', lot: null, quantity: 3 })];
    render(LicenceNotices, { notices, count: 5 });
    const [lot, growth] = screen.getAllByRole('link');
    expect(lot?.getAttribute('href')).toContain('/wallet?account=wallet&lot=l1');
    expect(growth?.getAttribute('href')).toContain('/licensing');
    expect(document.body.textContent).toContain('12 licences in the wallet can be allocated until');
    expect(document.body.textContent).toContain('3 licences are due beyond the growth allowance.');
    expect(document.body.textContent).toContain('3 more notices');
    const [first] = screen.getAllByRole('button');
    await person.click(first as HTMLElement);
    expect(dismissed).toEqual([{ organization: ORGANIZATION, notice: 'n1' }]);
  });
});

/** LIC-77 */
describe('where to buy', () => {
  it('has the product’s page and the reseller’s contact, and opens what was handed out just now', async () => {
    host = new FakePlatform({
      'licences.where_to_buy': () => ({
        addresses: [
          { of: 'product', url: 'https://www.example.com/buy' },
          { of: 'reseller', url: 'https://nordlicht.example/' },
        ],
        reseller: { name: 'Nordlicht', telephone: '+49 40 5550 112', email: '' },
      }),
    });
    usePlatform(host);
    render(WhereToBuy, { organization: ORGANIZATION, product: 'camera-station-pro' });
    await screen.findByText('Your contact: Nordlicht');
    expect(screen.getByText('+49 40 5550 112')).toBeTruthy();
    await person.click(screen.getByRole('button', { name: 'Buy at Nordlicht' }));
    await waitFor(() => expect(host.opened).toEqual(['https://nordlicht.example/']));
    expect(host.calls.filter(({ name }) => name === 'licences.where_to_buy')).toHaveLength(2);
  });
});

/** LIC-22: what is stored for years can be allocated until the day before. */
it.each([
  ['2026-11-27', 5, '2031-11-26'],
  ['2026-01-01', 5, '2030-12-31'],
  ['2024-02-29', 5, '2029-02-27'],
  ['2024-02-29', 4, '2028-02-28'],
])('redeemed on %s, stored %d years, it can be allocated until %s', (today, years, last) => {
  expect(lastShelfDay(laterByYears(today, years))).toBe(last);
});

/** LIC-18: the days that count are the host's, whatever this machine's clock says. */
it('counts from the day of the host, which the session tells', async () => {
  const soon = Date.now() + 3 * 86_400_000;
  await session.update(sessionView({ at: soon }));
  expect(format.dayOf(now.value)).toBe(format.dayOf(soon));
  // Some seconds are the way of the answer.
  await session.update(sessionView({ at: Date.now() + 2000 + now.ahead }));
  expect(Math.abs(now.value - soon)).toBeLessThan(10_000);
  await session.update(sessionView({ at: Date.now() }));
  expect(Math.abs(now.ahead)).toBeLessThan(1000);
  now.ahead = 0;
});
