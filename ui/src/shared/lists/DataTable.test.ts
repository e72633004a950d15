import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { createRawSnippet } from 'svelte';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { usePlatform } from '$platform';
import { FakePlatform } from '$platform/fake';
import { setLanguage } from '../i18n';
import { offered } from '../offered.svelte';
import { router } from '../router.svelte';
import { session } from '../session.svelte';
import type { CustomerRow, ListDescription, ListQuery, SessionView } from '$wire/types';
import DataTable from './DataTable.svelte';
import { packIds } from './packed';
import { listSource } from './source';

const COUNT = 100_000;
const id = (index: number): string => `01890000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;
const row = (one: string, name?: string): CustomerRow =>
  ({
    id: one,
    name: name ?? `Customer ${Number.parseInt(one.slice(-12), 16)}`,
    systems: 3,
    tags: ['retail', 'Berlin'],
  }) as CustomerRow;
const description: ListDescription = {
  list: 'customers',
  columns: [
    {
      name: 'name',
      kind: 'text',
      sortable: true,
      filterable: true,
      searchable: true,
      choices: [],
      default_visible: true,
    },
    {
      name: 'systems',
      kind: 'number',
      sortable: true,
      filterable: true,
      searchable: false,
      choices: [],
      default_visible: true,
    },
    {
      name: 'tags',
      kind: 'tags',
      sortable: false,
      filterable: true,
      searchable: true,
      choices: [],
      default_visible: true,
    },
  ],
  layout: null,
};
const everything = packIds(Array.from({ length: COUNT }, (_, index) => id(index)));
const narrowed = packIds([id(1), id(2), id(3)]);

let host: FakePlatform;
const opened = vi.fn();

beforeEach(() => {
  host = new FakePlatform({
    'lists.describe': () => description,
    'lists.views': () => [],
    'lists.values': () => ({
      values: [
        { value: 'retail', rows: 3 },
        { value: '', rows: 99_997 },
      ],
      rows: 100_000,
    }),
    'lists.save_columns': () => ({}),
    'customers.index': (query) => (query.search === '' && query.criteria.length === 0 ? everything : narrowed),
    'customers.window': ({ ids }) => ids.map((one) => row(one)),
  });
  usePlatform(host);
  // What was asked for stands in the address, and would be asked for again.
  router.go('/', {}, { replace: true, sure: true });
  opened.mockReset();
});

async function show(): Promise<{ grid: HTMLElement; user: ReturnType<typeof userEvent.setup> }> {
  const user = userEvent.setup();
  render(
    DataTable as never,
    {
      source: listSource('customers'),
      title: 'Customers',
      name: (one: CustomerRow) => one.name,
      onopen: opened,
    } as never,
  );
  await screen.findByText('Customer 0');
  return { grid: screen.getByRole('grid'), user };
}
const queries = (): ListQuery[] => host.callsOf('customers.index');

/** UI-20, UI-21, UI-23, UI-26, UI-27, UI-03 */
describe('the list', () => {
  test('holds 100,000 ids, draws the rows in view and asks for at most 200 at a time', async () => {
    const { grid } = await show();
    expect(grid.getAttribute('aria-rowcount')).toBe(String(COUNT + 1));
    expect(within(grid).getAllByRole('row').length).toBeLessThan(60);
    grid.scrollTop = 50_000 * 32;
    await fireEvent.scroll(grid);
    await screen.findByText('Customer 50000');
    expect(within(grid).getAllByRole('row').length).toBeLessThan(60);
    for (const call of host.callsOf('customers.window')) expect(call.ids.length).toBeLessThanOrEqual(200);
    expect(queries()).toHaveLength(1);
  });

  /** PERF-18 */
  test('scrolling fills the rows that are there and makes none', async () => {
    const { grid } = await show();
    grid.scrollTop = 1_000 * 32;
    await fireEvent.scroll(grid);
    await screen.findByText('Customer 1000');
    const made: Node[] = [];
    const watching = new MutationObserver((records) => made.push(...records.flatMap((one) => [...one.addedNodes])));
    watching.observe(grid, { subtree: true, childList: true });
    grid.scrollTop = 1_005 * 32;
    await fireEvent.scroll(grid);
    await screen.findByText('Customer 1010');
    grid.scrollTop = 50_000 * 32;
    await fireEvent.scroll(grid);
    await screen.findByText('Customer 50000');
    watching.disconnect();
    expect(made.filter((node) => node instanceof Element)).toEqual([]);
  });

  /** PERF-18: dragged past whole views, rows say their names alone; at rest they are filled. */
  test('rows that pass by too fast to be read say their names alone', async () => {
    const { grid } = await show();
    const drag = async (to: number): Promise<void> => {
      grid.scrollTop = to * 32;
      await fireEvent.scroll(grid);
    };
    const names = (): string[] => grid.querySelector('.passing')?.textContent.split('\n') ?? [];
    // One step is a key: it is drawn whole.
    await drag(1_000);
    await screen.findByText('Customer 1000');
    expect(names()).toEqual([]);
    for (const to of [20_000, 20_100, 1_000]) await drag(to);
    expect(names()).toContain('Customer 1000');
    await vi.waitFor(() => {
      expect(names()).toEqual([]);
    });
    expect(grid.querySelector('[aria-rowindex="1002"]')?.textContent).toContain('Customer 1000');
  });

  test('what a cell cuts off is read whole under the pointer', async () => {
    const { user } = await show();
    const words = screen.getByText('Customer 1');
    const cell = words.closest('[role=gridcell]');
    expect(cell?.hasAttribute('title')).toBe(false);
    await user.hover(words);
    expect(cell?.getAttribute('title')).toBe('Customer 1');
    await user.unhover(words);
    expect(cell?.hasAttribute('title')).toBe(false);
    // Tags say all of them, not only those that fit.
    const tag = screen.getAllByRole('button', { name: /retail/ })[0] as HTMLElement;
    await user.hover(tag);
    expect(tag.closest('[title]')?.getAttribute('title')).toBe('retail, Berlin');
  });

  /** UI-05, UI-03: scrolled sideways, a row still says what it is; the frame is marked where more lies, and arrows scroll it. */
  test('keeps what names its rows in view while it is scrolled sideways', async () => {
    const { grid } = await show();
    expect(grid.querySelector('.list-head .stays')?.getAttribute('data-column')).toBe('name');
    expect(grid.querySelector('.row .stays')?.textContent).toContain('Customer 0');
    expect(grid.querySelectorAll('.row:first-of-type .stays')).toHaveLength(1);
    Object.defineProperties(grid, { scrollWidth: { value: 900 }, clientWidth: { value: 600 } });
    grid.scrollLeft = 120;
    await fireEvent.scroll(grid);
    expect(grid.parentElement?.getAttribute('data-more')).toBe('before after');
    await fireEvent.keyDown(grid, { key: 'ArrowRight' }).then((untouched) => expect(untouched).toBe(true));
  });

  test('sorts down, up, not at all', async () => {
    const { user } = await show();
    const head = screen.getByRole('columnheader', { name: /systems/i });
    const click = (): Promise<void> => user.click(within(head).getByRole('button'));
    await click();
    await waitFor(() => expect(head.getAttribute('aria-sort')).toBe('descending'));
    await click();
    await waitFor(() => expect(head.getAttribute('aria-sort')).toBe('ascending'));
    await click();
    await waitFor(() => expect(head.hasAttribute('aria-sort')).toBe(false));
    expect(queries().map((query) => query.sort?.descending)).toEqual([undefined, true, false, undefined]);
  });

  /** UI-21: a sentence of its language, not one put together of a list's name. */
  test.each([
    ['en', 'Search customers'],
    ['fr', 'Rechercher un client'],
    ['ja', '顧客を検索'],
  ] as const)('says in its search field what is searched (%s)', async (language, words) => {
    await setLanguage(language);
    await show();
    expect(screen.getByPlaceholderText(words)).toBeTruthy();
  });

  test('searches on Enter, says what is in force as a chip, and keeps the selection', async () => {
    const { user } = await show();
    await user.click(screen.getByRole('checkbox', { name: 'Select Customer 0' }));
    await user.type(screen.getByRole('textbox', { name: 'Search customers' }), 'berg{Enter}');
    await screen.findAllByText('3 of 100,000');
    // It is not among what was found: said, not forgotten.
    expect([screen.getByText('1 selected'), screen.getByText('1 not in view')]).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Remove criterion Search' }));
    await screen.findByText('100,000');
    expect(queries().at(-1)?.search).toBe('');
  });

  /** UI-01, UI-24: each search, order and view is a step; back leads to the list as it was before it, forward to it again. */
  test('back undoes what was searched, sorted and chosen, step by step; forward does it again', async () => {
    const layout = { columns: [{ name: 'name', width: null }] };
    host.on('lists.views', () => [
      {
        id: 'v1',
        name: 'Names',
        own: true,
        shared: false,
        partial: false,
        layout,
        query: { organization: null, search: '', criteria: [], sort: null },
      },
    ]);
    const { user } = await show();
    const field = (): HTMLInputElement => screen.getByRole('textbox', { name: /^Search/ });
    const state = (): unknown[] => [
      field().value,
      queries().at(-1)?.search,
      queries().at(-1)?.sort?.column ?? null,
      screen.getAllByRole('columnheader').flatMap((head) => head.textContent?.trim() || []).length,
    ];
    const steps = [state()];
    const step = async (act: () => Promise<void>, expected: unknown[]): Promise<void> => {
      await act();
      await waitFor(() => expect(state()).toEqual(expected));
      steps.push(expected);
    };
    // The letters of a word are no steps; what is sent is one.
    await step(() => user.type(field(), 'berg{Enter}'), ['berg', 'berg', null, 3]);
    await step(
      () => user.click(within(screen.getByRole('columnheader', { name: /systems/i })).getByRole('button')),
      ['berg', 'berg', 'systems', 3],
    );
    await step(async () => offered.all.find(({ id }) => id === 'list.view.v1')?.run(), ['', '', null, 1]);
    for (const expected of steps.slice(0, -1).reverse()) {
      history.back();
      await waitFor(() => expect(state()).toEqual(expected));
    }
    for (const expected of steps.slice(1)) {
      history.forward();
      await waitFor(() => expect(state()).toEqual(expected));
    }
  });

  test('is worked by keyboard alone: move, choose, range, all that match, open', async () => {
    const { grid, user } = await show();
    grid.focus();
    await user.keyboard('{ArrowDown}{ArrowDown} ');
    expect(screen.getByText('1 selected')).toBeTruthy();
    await user.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
    expect(screen.getByText('3 selected')).toBeTruthy();
    await user.keyboard('{Enter}');
    expect(opened).toHaveBeenCalledWith(id(4));
    await user.keyboard('{Control>}a{/Control}');
    expect(screen.getByText('100,000 selected')).toBeTruthy();
    await user.keyboard('{End}');
    await screen.findByText('Customer 99999');
    await user.keyboard('{Escape}');
    expect(screen.getByText('0 selected')).toBeTruthy();
  });

  test('a tick with shift takes all between; the bar offers all that match', async () => {
    const { user } = await show();
    await user.click(screen.getByRole('checkbox', { name: 'Select Customer 1' }));
    await user.keyboard('{Shift>}');
    await user.click(screen.getByRole('checkbox', { name: 'Select Customer 4' }));
    await user.keyboard('{/Shift}');
    expect(screen.getByText('4 selected')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Select all 100,000 that match' }));
    expect(screen.getByText('100,000 selected')).toBeTruthy();
  });

  test('a change patches its row in place and asks only for it', async () => {
    await show();
    const before = host.callsOf('customers.window').length;
    host.on('customers.window', ({ ids }) => ids.map((one) => row(one, 'Renamed')));
    host.emit({ kind: 'changed', feature: 'customers', ids: [id(2)], membership: false, many: false });
    await screen.findByText('Renamed');
    expect(host.callsOf('customers.window').slice(before)).toEqual([{ ids: [id(2)] }]);
    expect(screen.getByText('Customer 3')).toBeTruthy();
  });

  test('a new order waits while somebody is at the rows, and comes when asked for', async () => {
    const { grid, user } = await show();
    await fireEvent.pointerEnter(grid);
    host.on('customers.index', () => narrowed);
    host.emit({ kind: 'changed', feature: 'customers', ids: [id(0)], membership: true, many: false });
    const offer = await screen.findByRole('button', { name: '1 change, sort again' }, { timeout: 4000 });
    expect(grid.getAttribute('aria-rowcount')).toBe(String(COUNT + 1));
    await user.click(offer);
    await waitFor(() => expect(grid.getAttribute('aria-rowcount')).toBe('4'));
  });

  test('*+ Filter*: a column, its values with counts, and how many rows would remain; it becomes a chip', async () => {
    const { user } = await show();
    await user.click(screen.getByRole('button', { name: 'Filter' }));
    const menu = await screen.findByLabelText('Filter criteria', { selector: 'form' });
    await user.click(within(menu).getByText('Tags', { selector: '[role=tab] *' }));
    const value = await within(menu).findByLabelText('retail');
    expect(host.callsOf('lists.values').at(-1)).toMatchObject({ list: 'customers', column: 'tags' });
    await user.click(value);
    await within(menu).findByText('3 of 100,000 would remain');
    await fireEvent.submit(menu);
    await screen.findAllByText('3 of 100,000');
    expect(queries().at(-1)?.criteria).toEqual([{ column: 'tags', test: { kind: 'any_of', values: ['retail'] } }]);
    // The chip opens what it stands for.
    await user.click(screen.getByRole('button', { name: /^Tags is retail\s*\. Change the criterion Tags$/ }));
    const again = await screen.findByLabelText('Filter criteria', { selector: 'form' });
    const ticked = await within(again).findByLabelText('retail');
    expect((ticked as HTMLInputElement).checked).toBe(true);
    await user.keyboard('{Escape}');
    await user.click(screen.getByRole('button', { name: 'Remove criterion Tags' }));
    await screen.findByText('100,000 in total');
  });

  test('a tag in a cell narrows the list to it', async () => {
    const { user } = await show();
    const [tag] = screen.getAllByRole('button', { name: 'Only retail' });
    if (tag === undefined) throw new Error('no tag');
    await user.click(tag);
    await screen.findAllByText('3 of 100,000');
    expect(queries().at(-1)?.criteria).toEqual([{ column: 'tags', test: { kind: 'any_of', values: ['retail'] } }]);
    expect(opened).not.toHaveBeenCalled();
  });

  test('the selection says how many of it are not in view, shows them, or drops them', async () => {
    const { user } = await show();
    await user.click(screen.getByRole('checkbox', { name: 'Select Customer 1' }));
    await user.click(screen.getByRole('checkbox', { name: 'Select Customer 5' }));
    await user.type(screen.getByRole('textbox', { name: 'Search customers' }), 'berg{Enter}');
    await screen.findByText('1 not in view');
    await user.click(screen.getByRole('button', { name: 'Show only these 2' }));
    await waitFor(() => expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('3'));
    expect(screen.getByText('Customer 5')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Remove criterion Only the selected' }));
    await waitFor(() => expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe(String(COUNT + 1)));
    await user.type(screen.getByRole('textbox', { name: 'Search customers' }), 'berg{Enter}');
    await user.click(await screen.findByRole('button', { name: 'Drop the 1 not in view' }));
    expect(screen.getByText('1 selected')).toBeTruthy();
  });

  test('columns are moved and widened by keyboard, from their heads', async () => {
    const { user } = await show();
    const heads = (): string[] => screen.getAllByRole('columnheader').flatMap((head) => head.textContent?.trim() || []);
    expect(heads()).toEqual(['Name', 'Systems', 'Tags']);
    within(screen.getByRole('columnheader', { name: 'Systems' }))
      .getByRole('button')
      .focus();
    await user.keyboard('{Control>}{Shift>}{ArrowLeft}{/Shift}{/Control}');
    expect(heads()).toEqual(['Systems', 'Name', 'Tags']);
    expect(
      host
        .callsOf('lists.save_columns')
        .at(-1)
        ?.layout?.columns.map(({ name }) => name),
    ).toEqual(['systems', 'name', 'tags']);
    expect(screen.getByText('Systems, place 1 of 3')).toBeTruthy();
  });

  /** UI-03, UI-24: the key that moved a column moves it again, in both directions, as often as it is pressed. */
  test('a head keeps the focus while its column is moved', async () => {
    const { user } = await show();
    const heads = (): string[] => screen.getAllByRole('columnheader').flatMap((head) => head.textContent?.trim() || []);
    const button = within(screen.getByRole('columnheader', { name: 'Systems' })).getByRole('button');
    button.focus();
    for (const [key, order] of [
      ['ArrowLeft', ['Systems', 'Name', 'Tags']],
      ['ArrowRight', ['Name', 'Systems', 'Tags']],
      ['ArrowRight', ['Name', 'Tags', 'Systems']],
      ['ArrowLeft', ['Name', 'Systems', 'Tags']],
      ['ArrowLeft', ['Systems', 'Name', 'Tags']],
    ] as const) {
      await user.keyboard(`{Control>}{Shift>}{${key}}{/Shift}{/Control}`);
      expect(heads()).toEqual(order);
      await waitFor(() => expect(document.activeElement).toBe(button));
    }
  });

  /** UI-24: however quickly columns are moved, the last arrangement is the one that is kept. */
  test('arrangements are saved one after another', async () => {
    let answer: () => void = () => undefined;
    host.on('lists.save_columns', () => new Promise((resolve) => (answer = () => resolve({}))));
    const { user } = await show();
    within(screen.getByRole('columnheader', { name: 'Systems' }))
      .getByRole('button')
      .focus();
    await user.keyboard('{Control>}{Shift>}{ArrowLeft}{ArrowRight}{/Shift}{/Control}');
    const saved = (): (string[] | undefined)[] =>
      host.callsOf('lists.save_columns').map(({ layout }) => layout?.columns.map(({ name }) => name));
    await waitFor(() => expect(saved()).toEqual([['systems', 'name', 'tags']]));
    answer();
    await waitFor(() => expect(saved().at(-1)).toEqual(['name', 'systems', 'tags']));
    expect(saved()).toHaveLength(2);
    answer();
  });

  /** UI-24: what stands in the search field is meant, whether or not it was sent. */
  test('a view that is saved has the words in the search field, and the list shows them', async () => {
    host.on('lists.save_view', ({ name, query, shared, layout }) => ({
      id: 'v1',
      name,
      query,
      shared,
      layout,
      own: true,
      partial: false,
    }));
    const { user } = await show();
    await user.type(screen.getByRole('textbox', { name: /^Search/ }), ' berg ');
    offered.all.find((act) => act.id === 'list.view-save')?.run();
    const save = await screen.findByRole('button', { name: 'Save' });
    await user.click(save);
    const field = screen.getByLabelText('Name of the view');
    await screen.findByText('Required');
    await waitFor(() => expect(document.activeElement).toBe(field));
    expect(host.callsOf('lists.save_view')).toEqual([]);
    await user.type(field, 'Mountains');
    await user.click(save);
    await waitFor(() =>
      expect(host.callsOf('lists.save_view')).toMatchObject([
        { id: null, name: 'Mountains', query: { search: 'berg' } },
      ]),
    );
    await waitFor(() => expect(queries().at(-1)?.search).toBe('berg'));
    expect([router.query('search'), router.query('view')]).toEqual(['berg', 'v1']);
  });
});

/** UI-27: values that another question answers, for the rows in view. */
describe('columns beside those of the list', () => {
  const track = createRawSnippet((argument: () => { id: string }) => ({
    render: () => `<span>track of ${Number.parseInt(argument().id.slice(-12), 16)}</span>`,
  }));
  const seen = vi.fn();
  async function showBeside(): Promise<HTMLElement> {
    seen.mockReset();
    render(
      DataTable as never,
      {
        source: listSource('customers'),
        title: 'Customers',
        name: (one: CustomerRow) => one.name,
        cells: { track },
        beside: [{ name: 'track', after: 'systems' }],
        oninview: seen,
        menu: (ids: string[]) => [{ label: `Restart ${ids.length}`, onselect: () => opened(ids) }],
      } as never,
    );
    await screen.findByText('Customer 0');
    return screen.getByRole('grid');
  }
  const heads = (grid: HTMLElement): (string | null)[] =>
    [...grid.querySelectorAll('.head')].map((head) => head.getAttribute('data-column'));

  test('follow their column, know which rows are in view, and are no part of what is kept or exported', async () => {
    const user = userEvent.setup();
    host.on('lists.export', () => ({ download: 'd1', name: 'customers.csv', size: 9 }) as never);
    const grid = await showBeside();
    expect(heads(grid)).toEqual(['name', 'systems', 'track', 'tags']);
    expect(screen.getByText('track of 0')).toBeTruthy();
    const ids = seen.mock.lastCall?.[0] as string[];
    expect(ids[0]).toBe(id(0));
    expect(ids.length).toBeLessThan(60);
    within(grid)
      .getByRole('button', { name: /Systems/ })
      .focus();
    await user.keyboard('{Control>}{Shift>}{ArrowLeft}{/Shift}{/Control}');
    await waitFor(() => expect(heads(grid)).toEqual(['systems', 'track', 'name', 'tags']));
    await waitFor(() =>
      expect(
        host
          .callsOf('lists.save_columns')
          .at(-1)
          ?.layout?.columns.map(({ name }) => name),
      ).toEqual(['systems', 'name', 'tags']),
    );
    offered.all.find((act) => act.id === 'list.export.csv')?.run();
    await waitFor(() => expect(host.callsOf('lists.export')[0]?.columns).toEqual(['systems', 'name', 'tags']));
  });

  test('a row has a menu, for all that are chosen when it is one of them', async () => {
    const user = userEvent.setup();
    const grid = await showBeside();
    await fireEvent.contextMenu(screen.getByText('track of 1'));
    await user.click(await screen.findByRole('menuitem', { name: 'Restart 1' }));
    await waitFor(() => expect(opened).toHaveBeenCalledWith([id(1)]));
    for (const tick of within(grid).getAllByRole('checkbox').slice(1, 3)) await user.click(tick);
    await fireEvent.contextMenu(screen.getByText('track of 0'));
    await screen.findByRole('menuitem', { name: 'Restart 2' });
  });

  /** UI-03 */
  test.each(['{Shift>}{F10}{/Shift}', '{ContextMenu}', '{Enter}'])(
    'the menu of a row opens by %s, has the focus, and gives it back to the row',
    async (keys) => {
      const user = userEvent.setup();
      const grid = await showBeside();
      grid.focus();
      await user.keyboard(`{ArrowDown}{ArrowDown} {ArrowUp}${keys}`);
      const entry = await screen.findByRole('menuitem', { name: 'Restart 1' });
      const inMenu = (): Promise<void> =>
        waitFor(() => expect(screen.getByRole('menu').contains(document.activeElement)).toBe(true));
      await inMenu();
      await user.keyboard('{Escape}');
      await waitFor(() => expect(document.activeElement).toBe(grid));
      await waitFor(() => expect(entry.isConnected).toBe(false));
      // Nothing else was undone, and the keys go on from this row.
      expect(screen.getByText('1 selected')).toBeTruthy();
      await user.keyboard(keys);
      await screen.findByRole('menuitem', { name: 'Restart 1' });
      await inMenu();
      await user.keyboard('{ArrowDown}{Enter}');
      await waitFor(() => expect(opened).toHaveBeenCalledWith([id(1)]));
    },
  );
});

/** UI-22, UI-01: nothing is said to match nothing where nobody asked for anything, and it is said where nobody looked. */
describe('a list without rows', () => {
  const none = packIds([]);
  const empty = createRawSnippet(() => ({ render: () => '<p>An administrator assigns them.</p>' }));
  const usual = [{ column: 'tags', test: { kind: 'any_of', values: ['retail'] } }];
  const open = (more: object): void =>
    void render(
      DataTable as never,
      {
        source: listSource('customers'),
        title: 'Customers',
        name: (one: CustomerRow) => one.name,
        empty,
        ...more,
      } as never,
    );

  test('says why it is empty, whatever its usual filter is', async () => {
    host.on('customers.index', () => none);
    open({ usual });
    await screen.findByText('An administrator assigns them.');
    expect(screen.queryByText('Nothing matches')).toBeNull();
  });

  test('says why it is empty to who searches where there is nothing at all', async () => {
    host.on('customers.index', () => none);
    router.go('/', { search: 'nobody' }, { replace: true, sure: true });
    open({});
    await screen.findByText('An administrator assigns them.');
  });

  test('says that only the chosen organization was searched, and searches all of them', async () => {
    host.on('customers.index', () => none);
    host.on('session.choose_organization', () => ({}));
    session.view = { organization: id(7) } as SessionView;
    router.go('/customers', { search: 'nobody' }, { replace: true, sure: true });
    open({ organization: id(7) });
    await screen.findByText(/The other organizations were not searched/);
    await userEvent.setup().click(screen.getByRole('button', { name: 'Search all organizations' }));
    await waitFor(() => expect(host.callsOf('session.choose_organization')).toEqual([{ organization: null }]));
    await waitFor(() => expect(session.organization).toBeNull());
    expect(router.query('search')).toBe('nobody');
    session.view = null;
  });
});
