import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { usePlatform, WireError } from '$platform';
import { FakePlatform } from '$platform/fake';
import { invalidate, queryClient } from '$shared/data.svelte';
import { router } from '$shared/router.svelte';
import { errorText } from '$shared/i18n';
import { packIds } from '$shared/lists';
import type { ErrorCode, HeldByKey, KeyReading, Receipt } from '$wire/types';
import AllocateDialog from './AllocateDialog.svelte';
import LicensingTab from './LicensingTab.svelte';
import ProductPage from './ProductPage.svelte';
import ProductsPage from './ProductsPage.svelte';
import RedeemPage from './RedeemPage.svelte';
import StartDialog from './StartDialog.svelte';
import SystemFilePage from './SystemFilePage.svelte';
import TransferDialog from './TransferDialog.svelte';
import {
  allocationPlan,
  lotDetails,
  offlineRow,
  ORGANIZATION,
  organizationDetails,
  plannedYear,
  productDetails,
  productLine,
} from './testing';

const person = userEvent.setup();
const receipt: Receipt = { entries: ['e1'], transfer: null, credits: [] };
let host: FakePlatform;

beforeEach(() => {
  queryClient.clear();
  router.go('/licences/of/o1/p/licensing', {}, { sure: true });
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
    this.open = false;
    this.dispatchEvent(new Event('close'));
  };
  host = new FakePlatform({
    'organizations.read': () => organizationDetails(),
    'licences.product': () => productDetails(),
    'licence_lots.index': () => packIds([]),
    'licence_lots.window': () => [],
    'licences.plan_allocation': ({ choice }) =>
      allocationPlan(
        choice.quantities[0]?.quantity ?? 24,
        choice.years > 1 ? { missing: [{ licence_type: 'core', quantity: 26 }] } : {},
      ),
  });
  usePlatform(host);
});

/** LIC-30 */
describe('allocating', () => {
  const dialog = (onclose = vi.fn()) => render(AllocateDialog, { details: productDetails(), onclose });
  const field = () => screen.findByLabelText<HTMLInputElement>('Core to allocate to 2026–27');
  const next = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Confirm allocation' });

  it('raises a number and never lowers it', async () => {
    dialog();
    const input = await field();
    expect(input.value).toBe('24');
    await person.clear(input);
    await person.type(input, '10');
    await person.tab();
    expect(input.value).toBe('24');
    await person.clear(input);
    await person.type(input, '30');
    await person.tab();
    await screen.findByLabelText('Yes, allocate 6 licences more than are needed');
    expect(input.value).toBe('30');
    expect(host.callsOf('licences.plan_allocation').at(-1)?.choice.quantities).toEqual([
      { year: 2, licence_type: 'core', quantity: 30 },
    ]);
  });

  it('wants a yes of its own for more than the need, then shows the summary, then confirms the lots that were shown', async () => {
    host.on('licences.allocate', () => receipt);
    const onclose = vi.fn();
    dialog(onclose);
    const input = await field();
    await person.clear(input);
    await person.type(input, '30');
    await person.tab();
    const yes = await screen.findByLabelText('Yes, allocate 6 licences more than are needed');
    expect(next().disabled).toBe(true);
    await person.click(yes);
    await waitFor(() => expect(next().disabled).toBe(false));
    await person.click(next());
    await person.click(await screen.findByRole('button', { name: 'Confirm' }));
    await waitFor(() => expect(onclose).toHaveBeenCalled());
    expect(host.callsOf('licences.allocate')[0]).toMatchObject({
      organization: ORGANIZATION,
      screen: 'licensing',
      choice: { beyond_need: true, lots: [{ year: 2, lot: 'l1', quantity: 30 }] },
    });
  });

  it('says what is missing by type, and confirms nothing', async () => {
    dialog();
    await field();
    await person.click(
      within(screen.getByRole('group', { name: 'Years to allocate' })).getByRole('button', { name: 'More' }),
    );
    await screen.findByText(/Missing: 26 Core/);
    expect(next().disabled).toBe(true);
  });

  /** LIC-01 */
  it('says how many of a number are of a type that stands in', async () => {
    const year = plannedYear(2, 24);
    host.on('licences.plan_allocation', () =>
      allocationPlan(24, {
        years: [{ ...year, types: year.types.map((type) => ({ ...type, substituted: 3 })) }],
        lines: [
          { year: 2, quantity: 21, lot: lotDetails(), left: 0 },
          { year: 2, quantity: 3, lot: lotDetails({ lot: 'l2', licence_type: 'universal' }), left: 1 },
        ],
      }),
    );
    dialog();
    await screen.findByText('of these 3 by Universal');
    await waitFor(() => expect(next().disabled).toBe(false));
  });

  /** LIC-61: who tries again after a failure does the same act, not another. */
  it('keeps its operation over retries', async () => {
    let failed = false;
    host.on('licences.allocate', () => {
      if (failed) return receipt;
      failed = true;
      throw new WireError({ code: 'host.unreachable' });
    });
    const onclose = vi.fn();
    dialog(onclose);
    await field();
    await waitFor(() => expect(next().disabled).toBe(false));
    await person.click(next());
    await person.click(await screen.findByRole('button', { name: 'Confirm' }));
    await screen.findByText('Flotilla cannot be reached');
    await waitFor(() => expect(next().disabled).toBe(false));
    await person.click(next());
    await person.click(await screen.findByRole('button', { name: 'Confirm' }));
    await waitFor(() => expect(onclose).toHaveBeenCalled());
    const [first, second] = host.callsOf('licences.allocate').map(({ operation }) => operation);
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(second).toBe(first);
  });

  /** LIC-30: two people allocate the last licences, and one of them is slower. */
  it.each(['licence.lot-not-usable', 'licence.wallet-short'] as const)(
    'begins with a new proposal after somebody else was faster (%s)',
    async (code) => {
      let gone = false;
      host.on('licences.plan_allocation', ({ choice }) => {
        const year = choice.first_year ?? (gone ? 3 : 2);
        const quantity = choice.quantities[0]?.quantity ?? (year === 2 && gone ? 0 : 24);
        return allocationPlan(quantity, {
          years: [plannedYear(year, year === 2 && gone ? 0 : 24, quantity)],
          missing: gone && quantity > 24 ? [{ licence_type: 'core', quantity: 6 }] : [],
        });
      });
      host.on('licences.allocate', () => {
        gone = true;
        throw new WireError({ code, params: code === 'licence.wallet-short' ? { missing: 6 } : {} });
      });
      dialog();
      const input = await field();
      await person.clear(input);
      await person.type(input, '30');
      await person.tab();
      await person.click(await screen.findByLabelText('Yes, allocate 6 licences more than are needed'));
      await waitFor(() => expect(next().disabled).toBe(false));
      await person.click(next());
      await person.click(await screen.findByRole('button', { name: 'Confirm' }));
      await screen.findByText('The wallet has changed meanwhile');
      const fresh = await screen.findByLabelText<HTMLInputElement>('Core to allocate to 2027–28');
      expect(fresh.value).toBe('24');
      expect(screen.queryByText(/Missing/)).toBeNull();
      expect(screen.queryByText(/does not have enough/)).toBeNull();
      await waitFor(() => expect(next().disabled).toBe(false));
      expect(host.callsOf('licences.plan_allocation').at(-1)?.choice).toMatchObject({
        first_year: 3,
        quantities: [],
        beyond_need: false,
      });
    },
  );

  /** LIC-32, LIC-33 */
  it('tells what comes back, to the day', async () => {
    const credit = {
      licence_type: 'core',
      licences: 10,
      days: 182,
      year_days: 365,
      residual_before: 0,
      credit: 4,
      residual_after: 360,
    };
    host.on('licences.plan_allocation', () => allocationPlan(10, { credits: [credit] }));
    dialog();
    await screen.findByText(/4 Core licences of one year return to the wallet/);
    screen.getByText(/10 licences × 182 days \+ 0 kept = 1,820 licence-days; a year has 365; 360 are kept/);
  });
});

/** LIC-30: a page that was open while everything was allocated offers nothing of what it has offered before. */
it.each(['1', '2'])('offers nothing more once every year within reach is allocated (%s asked for)', async (years) => {
  router.go('/licences/of/o1/p/licensing', { years: years === '1' ? null : years }, { sure: true });
  host.on('licences.plan_allocation', () => allocationPlan(24));
  render(LicensingTab, { details: productDetails(), manages: true, wallet: 42 });
  await screen.findByRole('button', { name: 'Allocate 24…' });
  host.on('licences.plan_allocation', () =>
    Promise.reject(new WireError({ code: 'licence.year-not-in-reach', params: { day: '2031-01-15' } })),
  );
  invalidate('licences');
  await screen.findByText('Every year within reach is licensed');
  expect(screen.queryByText(/cannot be allocated to yet/)).toBeNull();
  expect(screen.queryByRole('button', { name: /^Allocate/ })).toBeNull();
  expect(router.query('years')).toBeNull();
});

/** LIC-20, LIC-21 */
describe('redeeming', () => {
  const page = () => render(RedeemPage, { params: { organization: 'o1', product: 'p' } });

  const good = (): KeyReading => ({ masked: '••••-XXXX', kind: 'declared', held: null, problem: null });
  const refused = (code: ErrorCode, params: Record<string, string> = {}): KeyReading['problem'] => ({
    code,
    params,
    fields: [],
    retryable: false,
    id: '',
  });
  const held: HeldByKey = {
    product: 'AXIS Camera Station Pro',
    lines: [{ purpose: 'subscription', licence_type: 'Core', from: null, term: 3, quantity: 24 }],
    order: 'PO-4711',
    issued: '2026-01-02',
    redeem_until: null,
    issuer: { key: '0123456789abcdef', name: 'Nordlicht' },
  };
  const SIGNED = 'FLK-0C0G6R3A-12345678';
  const signed = (more: Partial<KeyReading> = {}): KeyReading => ({
    masked: 'FLK-…5678',
    kind: 'signed',
    held,
    problem: null,
    ...more,
  });
  const paste = async (text: string) => {
    await person.click(await screen.findByLabelText('Licence keys'));
    await person.paste(text);
  };
  /** The button, once every key was looked at. */
  const go = async (name: string) => {
    const button = await screen.findByRole<HTMLButtonElement>('button', { name });
    await waitFor(() => expect(button.disabled).toBe(false));
    await person.click(button);
  };
  beforeEach(() => {
    host.on('licences.read_keys', ({ keys }) => keys.map(() => good()));
    host.on('licences.redeem', () => receipt);
  });

  it('shows every problem under its row, all at once, and redeems nothing', async () => {
    page();
    await paste('AB12-CD34\nab12cd34\nx\nEF56-GH78');
    await screen.findByText(/The same key is entered twice/);
    await go('Redeem 2 keys');
    await screen.findByText('2 keys have errors');
    expect(screen.getAllByText(/Enter how many licences it holds/)).toHaveLength(4);
    screen.getByText(/This is not a licence key/);
    screen.getByText('2 keys cannot be redeemed and are left out');
    expect(host.callsOf('licences.redeem')).toEqual([]);
  });

  it('says the last day on which it can be allocated, as the wallet does (LIC-22)', async () => {
    host.on('licences.read_keys', () => [signed()]);
    page();
    await paste(SIGNED);
    await screen.findByText(/24 licences enter the wallet of .*; they can be allocated until 21 Jan 2031/);
  });

  it('leaves the key out that was redeemed before, and says by whom', async () => {
    const before = { key: '••••-GH78', seen: 'yes', name: 'Ada Keller', customer: 'Miramar', day: '2026-01-01' };
    host.on('licences.read_keys', ({ keys }) =>
      keys.map((key) =>
        key.startsWith('EF') ? { ...good(), problem: refused('licence.key-redeemed', before) } : good(),
      ),
    );
    page();
    await paste('AB12-CD34\nEF56-GH78');
    await screen.findByText(/redeemed by .*Ada Keller.* for .*Miramar/);
    const numbers = within(await screen.findByRole('region', { name: /^Keys/ })).getAllByLabelText('Number');
    for (const number of numbers) await person.type(number, '20');
    await go('Redeem 1 key');
    await waitFor(() => expect(host.callsOf('licences.redeem')).toHaveLength(1));
    expect(host.callsOf('licences.redeem')[0]?.keys).toMatchObject([
      { kind: 'declared', key: 'AB12-CD34', quantity: 20, term: 1 },
    ]);
    // What was left out is told, and can be corrected.
    const left = within(await screen.findByRole('table', { name: 'Keys that were left out' }));
    left.getByText(/redeemed by .*Ada Keller.* for .*Miramar/);
    screen.getByRole('heading', { name: /^20 licences redeemed for/ });
    await person.click(screen.getByRole('button', { name: 'Correct these keys' }));
    expect(screen.getByLabelText<HTMLTextAreaElement>('Licence keys').value).toBe('EF56-GH78');
  });

  it('shows what a signed key holds, and lets nothing of it be stated', async () => {
    host.on('licences.read_keys', () => [signed()]);
    page();
    await paste(SIGNED);
    const region = await screen.findByRole('region', { name: 'Signed keys' });
    await within(region).findByText('Nordlicht');
    for (const text of ['Core', '24', '3 years', 'PO-4711', 'Can be redeemed']) within(region).getByText(text);
    expect(screen.queryByRole('region', { name: 'What the keys hold' })).toBeNull();
    expect(screen.queryAllByLabelText('Number')).toEqual([]);
    expect(host.callsOf('licences.redeem')).toEqual([]);
    await go('Redeem 1 key');
    await waitFor(() => expect(host.callsOf('licences.redeem')).toHaveLength(1));
    expect(host.callsOf('licences.redeem')[0]?.keys).toEqual([{ kind: 'signed', key: SIGNED }]);
  });

  it('shows the result of each of many signed keys, and redeems the good ones', async () => {
    const unknown = { held: null, problem: refused('licence-key.unknown-issuer', { issuer: '0123' }) };
    host.on('licences.read_keys', ({ keys }) =>
      keys.map((key) => signed(key.endsWith('9') ? unknown : { masked: `FLK-…${key.slice(-4)}` })),
    );
    page();
    await paste(`${SIGNED}\n${SIGNED}9`);
    const region = await screen.findByRole('region', { name: 'Signed keys' });
    await within(region).findByText(/issuer of the licence key is not trusted/);
    within(region).getByText('Can be redeemed');
    await go('Redeem 1 key');
    await waitFor(() => expect(host.callsOf('licences.redeem')).toHaveLength(1));
    expect(host.callsOf('licences.redeem')[0]?.keys).toEqual([{ kind: 'signed', key: SIGNED }]);
    await person.click(await screen.findByRole('button', { name: 'Correct these keys' }));
    expect(screen.getByLabelText<HTMLTextAreaElement>('Licence keys').value).toBe(`${SIGNED}9`);
  });

  it('is done after one of the keys was there twice, and leads to the wallet', async () => {
    let redeemed = false;
    const before = { key: '••••-CD34', seen: 'yes', name: 'Ada Keller', customer: 'Miramar', day: '2026-01-01' };
    host.on('licences.read_keys', ({ keys }) =>
      keys.map(() => (redeemed ? { ...good(), problem: refused('licence.key-redeemed', before) } : good())),
    );
    host.on('licences.redeem', () => {
      redeemed = true;
      return receipt;
    });
    page();
    await paste('AB12-CD34\nab12cd34\nEF56-GH78');
    await person.type(
      within(await screen.findByRole('region', { name: 'What the keys hold' })).getByLabelText('Number'),
      '20',
    );
    await go('Redeem 2 keys');
    const left = within(await screen.findByRole('table', { name: 'Keys that were left out' }));
    left.getByText(/The same key is entered twice/);
    expect(left.getAllByRole('row')).toHaveLength(1);
    const heading = screen.getByRole('heading', { name: /^40 licences redeemed for/ });
    await waitFor(() => expect(document.activeElement).toBe(heading));
    expect(screen.getByRole('link', { name: 'Product wallet' }).getAttribute('href')).toContain('/p/wallet');
    expect(screen.queryByText(/redeemed by/)).toBeNull();
    expect(screen.queryByRole('button', { name: /^Redeem/ })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Correct these keys' })).toBeNull();
  });

  it('says that a chosen file is no text, and takes nothing of it for a key', async () => {
    const { container } = page();
    await screen.findByLabelText('Licence keys');
    const input = container.querySelector<HTMLInputElement>('input[type=file]');
    if (input === null) throw new Error('there is no file field');
    const choose = async (content: BlobPart) => {
      Object.defineProperty(input, 'files', { value: [new File([content], 'keys.csv')], configurable: true });
      await fireEvent.change(input);
    };
    await choose(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]));
    await screen.findByText(/The file is not a text file/);
    await choose('"AB12-CD34\n');
    await screen.findByText(/Line 1: a quotation mark is missing/);
    expect(screen.getByLabelText<HTMLTextAreaElement>('Licence keys').value).toBe('');
    await choose('"AB12-CD34"\n');
    await waitFor(() => expect(screen.getByLabelText<HTMLTextAreaElement>('Licence keys').value).toBe('AB12-CD34'));
    expect(screen.queryByText(/quotation mark/)).toBeNull();
  });

  /** LIC-05 */
  it('wants the product registered first', async () => {
    host.on('licences.product', () => productDetails({ registered: null }));
    page();
    await screen.findByText('Register the product first');
    expect(screen.queryByLabelText('Licence keys')).toBeNull();
  });
});

/** LIC-50 */
describe('the file of a system without a network', () => {
  const page = (product: string) => render(SystemFilePage, { params: { organization: 'o1', product } });
  beforeEach(() => {
    host.on('licences.products', () => ({ today: '2026-01-22', clock_behind: false, products: [productLine()] }));
  });

  it('is asked for of any product, without a product that nobody named', async () => {
    host.on('licences.product', () => Promise.reject(new WireError({ code: 'licence.product-unknown' })));
    // Somebody else asked for it before.
    await queryClient.prefetchQuery({
      queryKey: ['licences.product', { organization: 'o1', product: '' }],
      queryFn: () => Promise.reject(new WireError({ code: 'licence.product-unknown', params: { product: '' } })),
    });
    page('-');
    await screen.findByRole('button', { name: 'Choose file' });
    const crumbs = within(screen.getByRole('navigation', { name: 'Where you are' }));
    await crumbs.findByRole('link', { name: 'Kaufhaus Bergmann' });
    expect(crumbs.getAllByRole('link')).toHaveLength(2);
    expect(screen.queryByText(/The catalogue does not contain/)).toBeNull();
    expect(host.callsOf('licences.product')).toEqual([]);
  });
});

/** LIC-51 */
describe('a licence file that was issued', () => {
  it('stays at hand, also on a page that is opened once more, when a wrong file is chosen after it', async () => {
    const systems = [offlineRow({ state: 'pending', waits: false, answer: 1, expires: '2026-04-01' })];
    host
      .on('licences.products', () => ({ today: '2026-01-22', clock_behind: false, products: [productLine()] }))
      .on('licences.offline_systems', () => ({ today: '2026-01-22', systems }) as never)
      .on('licences.read_system_file', () => Promise.reject(new WireError({ code: 'licence-file.already-read' })));
    host.pickFile = () => Promise.resolve({ upload: 'u1', name: 'request', size: 1 });
    router.go('/licences/of/o1/camera-station-pro/file', { system: 's1' }, { sure: true });
    render(SystemFilePage, { params: { organization: 'o1', product: 'camera-station-pro' } });
    const all = ['Save licence file', 'Save public key', 'Upload confirmation file'];
    for (const name of all) await screen.findByRole('button', { name });
    await person.click(screen.getByRole('button', { name: 'Upload confirmation file' }));
    await screen.findByText(errorText(new WireError({ code: 'licence-file.already-read' })));
    for (const name of all) expect(screen.getByRole('button', { name })).toBeTruthy();
    expect(screen.queryByText('This request has been answered')).toBeNull();
    expect(screen.getByRole('listitem', { current: 'step' }).textContent).toContain('Confirmation');
  });
});

/** An organization that is archived or was never there, and an address that is none. */
describe.each(['not-found', 'call.arguments'] as const)('an address that leads nowhere (%s)', (code) => {
  beforeEach(() => {
    const refuse = () => Promise.reject(new WireError({ code }));
    host.on('organizations.read', refuse).on('licences.product', refuse).on('licences.products', refuse);
  });

  it.each([
    ['the products', ProductsPage],
    ['a product', ProductPage],
    ['redeeming', RedeemPage],
    ['a system file', SystemFilePage],
  ])('reads as a page that is not found: %s', async (_, page) => {
    render(page, { params: { organization: 'o1', product: 'p', tab: 'overview' } });
    await screen.findByRole('heading', { name: 'Page not found' });
    expect(screen.getAllByRole('heading')).toHaveLength(1);
    expect(screen.getByRole('link', { name: 'Go to dashboard' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });
});

/** LIC-11 */
it('offers the dates of another product first', async () => {
  host.on('licences.start', () => receipt);
  const common = { product: 'edge', name: 'Camera Station Edge', start: '2024-02-29', next: '2027-02-28' };
  const onclose = vi.fn();
  render(StartDialog, { details: productDetails({ subscription: null, common_starts: [common] }), onclose });
  const together = screen.getByRole<HTMLInputElement>('radio', { name: /Together with Camera Station Edge/ });
  expect(together.checked).toBe(true);
  await person.click(screen.getByRole('button', { name: 'Start subscription' }));
  await waitFor(() => expect(onclose).toHaveBeenCalled());
  expect(host.callsOf('licences.start')[0]).toMatchObject({ together_with: 'edge' });
});

/** LIC-45, LIC-46 */
it('transfers numbers by type and term, says that they wait, and sends the lots of the summary', async () => {
  host.on('organizations.find', () => ({
    total: 2,
    organizations: [
      { id: ORGANIZATION, name: 'Kaufhaus Bergmann', customer: true },
      { id: 'o2', name: 'Sakuraya', customer: true },
    ],
  }));
  host.on('licences.plan_transfer', ({ numbers }) => ({
    customer: 'Sakuraya',
    waits: true,
    lines: numbers.map(({ quantity }) => ({ lot: lotDetails(), quantity })),
  }));
  host.on('licences.transfer', () => receipt);
  const onclose = vi.fn();
  render(TransferDialog, { details: productDetails(), onclose });
  const number = screen.getByLabelText<HTMLInputElement>('Core, 1 year, to transfer');
  await person.clear(number);
  await person.type(number, '50');
  await person.tab();
  // Not more than there are.
  expect(number.value).toBe('42');
  await person.clear(number);
  await person.type(number, '12');
  await person.click(screen.getByRole('button', { name: 'Continue' }));
  // The sender itself is not offered.
  expect(screen.queryByRole('radio', { name: 'Kaufhaus Bergmann' })).toBeNull();
  await person.click(await screen.findByRole('radio', { name: 'Sakuraya' }));
  await person.click(screen.getByRole('button', { name: 'Continue' }));
  await screen.findByText('Sakuraya has not started this product');
  await person.click(screen.getByRole('button', { name: 'Transfer 12 licences' }));
  await waitFor(() => expect(onclose).toHaveBeenCalled());
  expect(host.callsOf('licences.transfer')[0]).toMatchObject({ to: 'o2', lines: [{ lot: 'l1', quantity: 12 }] });
});

/** LIC-03 */
describe('a product list', () => {
  const products = [
    productLine({ status: { kind: 'renewal_due', date: '2026-02-13', due: 0 }, shortage: 24, wallet: 42 }),
    productLine({
      product: 'edge',
      name: 'Edge',
      status: { kind: 'not_registered', date: null, due: 0 },
      next_date: null,
    }),
  ];

  it('has the one next step for whoever may take it', async () => {
    host.on('licences.products', () => ({ today: '2026-01-22', clock_behind: false, products }));
    render(ProductsPage, { params: { organization: 'o1' } });
    const allocate = await screen.findByRole('link', { name: 'Allocate…' });
    expect(allocate.getAttribute('href')).toBe('#/licences/of/o1/camera-station-pro/licensing?do=allocate');
    expect(screen.getByRole('link', { name: 'Register…' }).getAttribute('href')).toContain('do=register');
  });

  it('shows a viewer the state alone', async () => {
    host.on('organizations.read', () => organizationDetails({ role: 'viewer' }));
    host.on('licences.products', () => ({ today: '2026-01-22', clock_behind: false, products }));
    render(ProductsPage, { params: { organization: 'o1' } });
    await screen.findByText('Renewal due, grace until 13 Feb 2026');
    expect(screen.queryByRole('link', { name: 'Allocate…' })).toBeNull();
  });
});
