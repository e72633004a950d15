import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WireError } from '$platform';
import type { CustomerRow, ListDescription, ListQuery } from '$wire/types';
import { AGAIN_AFTER } from '../data.svelte';
import { ListState } from './list.svelte';
import { packIds, PackedIds } from './packed';
import { emptyQuery } from './query';
import type { Change, ListSource } from './source';

const id = (index: number): string => `01890000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;
const ids = [0, 1, 2, 3].map(id);
const row = (one: string, name: string): CustomerRow => ({ id: one, name }) as CustomerRow;
const description: ListDescription = { list: 'customers', columns: [], layout: null };
const busy = new WireError({ code: 'workspace.busy', retryable: true });

/** A question that the test answers when it likes. */
interface Question<Of, Answer> {
  of: Of;
  answer: (answer: Answer) => Promise<void>;
  refuse: (error: WireError) => Promise<void>;
}

function questions<Of, Answer>(): { ask: (of: Of) => Promise<Answer>; all: Question<Of, Answer>[] } {
  const all: Question<Of, Answer>[] = [];
  const flush = (): Promise<void> => vi.advanceTimersByTimeAsync(0).then(() => undefined);
  return {
    all,
    ask: (of) =>
      new Promise<Answer>((resolve, reject) =>
        all.push({
          of,
          answer: (answer) => (resolve(answer), flush()),
          refuse: (error) => (reject(error), flush()),
        }),
      ),
  };
}

let change: (change: Partial<Change>) => void;
let orders: ReturnType<typeof questions<ListQuery, PackedIds>>;
let windows: ReturnType<typeof questions<string[], CustomerRow[]>>;
let descriptions: ReturnType<typeof questions<null, ListDescription>>;
let list: ListState<CustomerRow>;
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  orders = questions();
  windows = questions();
  descriptions = questions();
  const source = {
    list: 'customers',
    describe: () => descriptions.ask(null),
    index: orders.ask,
    window: windows.ask,
    onChange: (listener: (change: Change) => void) => {
      change = (some) => listener({ ids: [], membership: false, many: false, ...some });
      return () => undefined;
    },
  } as Partial<ListSource<CustomerRow>> as ListSource<CustomerRow>;
  list = new ListState(source);
  stop = list.start(emptyQuery());
});

afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** The list stands, its four rows are under way. */
async function begun(): Promise<void> {
  await descriptions.all[0]?.answer(description);
  await orders.all[0]?.answer(new PackedIds(packIds(ids)));
  list.see(0, 4);
  expect(windows.all).toHaveLength(1);
}
async function shown(): Promise<void> {
  await begun();
  await windows.all[0]?.answer(ids.map((one) => row(one, 'old')));
}
const names = (): (string | undefined)[] => ids.map((one) => list.row(one)?.name);

/** CUS-43 */
describe('a question that fails', () => {
  const narrowed = { ...emptyQuery(), search: 'north' };

  test('leaves rows and chips of the question before, says so, and is asked again by trying again', async () => {
    await shown();
    void list.ask(narrowed);
    expect(list.query).toEqual(narrowed);
    await orders.all[1]?.refuse(new WireError({ code: 'host.unreachable', retryable: true }));
    expect(list.query).toEqual(emptyQuery());
    expect(list.error?.code).toBe('host.unreachable');
    expect(names()).toEqual(['old', 'old', 'old', 'old']);
    void list.reload();
    expect(orders.all[2]?.of).toEqual(narrowed);
    await orders.all[2]?.answer(new PackedIds(packIds([id(2)])));
    expect(list.query).toEqual(narrowed);
    expect(list.error).toBeNull();
  });

  test('is asked again by itself once the host is back', async () => {
    await shown();
    void list.ask(narrowed);
    await orders.all[1]?.refuse(new WireError({ code: 'host.unreachable', retryable: true }));
    change({ many: true, membership: true });
    await vi.advanceTimersByTimeAsync(2000);
    expect(orders.all[2]?.of).toEqual(narrowed);
  });
});

/** UI-26 */
describe('a change while rows are under way', () => {
  test('in view: the row is asked again, and the older answer does not stand in its way', async () => {
    await begun();
    change({ ids: [id(1)] });
    expect(windows.all[1]?.of).toEqual([id(1)]);
    await windows.all[1]?.answer([row(id(1), 'new')]);
    await windows.all[0]?.answer(ids.map((one) => row(one, 'old')));
    expect(names()).toEqual(['old', 'new', 'old', 'old']);
  });

  test('in view: the older answer is shown until the newer one comes', async () => {
    await begun();
    change({ ids: [id(1)] });
    await windows.all[0]?.answer(ids.map((one) => row(one, 'old')));
    expect(names()).toEqual(['old', 'old', 'old', 'old']);
    await windows.all[1]?.answer([row(id(1), 'new')]);
    expect(names()).toEqual(['old', 'new', 'old', 'old']);
  });

  test('a row that went meanwhile stays gone', async () => {
    await begun();
    change({ ids: [id(1)], membership: true });
    await windows.all[1]?.answer([]);
    await windows.all[0]?.answer(ids.map((one) => row(one, 'old')));
    expect(list.isGone(id(1))).toBe(true);
    expect(list.row(id(1))).toBeUndefined();
  });

  test('out of view: the older answer is not kept, and the row is asked when it is seen', async () => {
    await begun();
    list.see(0, 2);
    change({ ids: [id(3)] });
    await windows.all[0]?.answer(ids.map((one) => row(one, 'old')));
    expect(names()).toEqual(['old', 'old', 'old', undefined]);
    list.see(0, 4);
    expect(windows.all.at(-1)?.of).toEqual([id(3)]);
  });

  test('more changes than were named: every row in view is asked again', async () => {
    await begun();
    change({ many: true });
    expect(windows.all[1]?.of).toEqual(ids);
    await windows.all[1]?.answer(ids.map((one) => row(one, 'new')));
    await windows.all[0]?.answer(ids.map((one) => row(one, 'old')));
    expect(names()).toEqual(['new', 'new', 'new', 'new']);
  });
});

/** ORG-22: what somebody may not see any more leaves no empty rows, also while somebody is at them. */
test('rows that went with many others are out of the order as soon as they are known to be gone', async () => {
  await begun();
  await windows.all[0]?.answer(ids.map((one) => row(one, 'old')));
  list.attended = true;
  change({ many: true, membership: true });
  await windows.all[1]?.answer([row(id(2), 'old'), row(id(3), 'old')]);
  // Nothing has gathered for a while: the order was asked at once.
  await orders.all[1]?.answer(new PackedIds(packIds(ids.slice(2))));
  expect(list.ids.slice(0, list.ids.length)).toEqual(ids.slice(2));
  expect(list.isGone(id(0))).toBe(false);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(orders.all).toHaveLength(2);
});

/** UI-26 */
describe('a change while the order is under way', () => {
  const fewer = new PackedIds(packIds(ids.slice(1)));

  test('an answer older than the one that is known is not taken', async () => {
    await descriptions.all[0]?.answer(description);
    change({ ids: [id(0)], membership: true });
    await vi.advanceTimersByTimeAsync(1500);
    await orders.all[1]?.answer(fewer);
    await orders.all[0]?.answer(new PackedIds(packIds(ids)));
    expect(list.ids.length).toBe(3);
    expect(list.total).toBe(3);
    expect(list.loading).toBe(false);
  });

  test('a check that could not be made is made later', async () => {
    await shown();
    change({ ids: [id(0)], membership: true });
    await vi.advanceTimersByTimeAsync(1500);
    await orders.all[1]?.refuse(busy);
    expect(list.error).toBeNull();
    await vi.advanceTimersByTimeAsync(AGAIN_AFTER);
    await orders.all[2]?.answer(fewer);
    expect(list.ids.length).toBe(3);
  });
});

/** UI-20, UI-26 */
describe('what fails', () => {
  test('a description that failed is said although the rows came, and is asked again', async () => {
    await descriptions.all[0]?.refuse(busy);
    await orders.all[0]?.answer(new PackedIds(packIds(ids)));
    list.see(0, 4);
    await windows.all[0]?.answer(ids.map((one) => row(one, 'old')));
    expect(list.error?.code).toBe('workspace.busy');
    void list.reload();
    await descriptions.all[1]?.answer(description);
    expect(list.error).toBeNull();
    expect(list.description).toEqual(description);
  });

  test('an order that failed is still said after rows came', async () => {
    await shown();
    void list.ask({ ...emptyQuery(), search: 'x' });
    await orders.all[1]?.refuse(busy);
    change({ ids: [id(0)] });
    await windows.all[1]?.answer([row(id(0), 'new')]);
    expect(list.error?.code).toBe('workspace.busy');
  });
});

/** UI-26: that a customer was polled is no event, but its time is shown. */
describe('rows in view are asked again now and then', () => {
  test('and only those that differ are replaced', async () => {
    await shown();
    const before = list.row(id(0));
    await vi.advanceTimersByTimeAsync(AGAIN_AFTER);
    expect(windows.all[1]?.of).toEqual(ids);
    await windows.all[1]?.answer(ids.map((one) => row(one, one === id(2) ? 'polled' : 'old')));
    expect(names()).toEqual(['old', 'old', 'polled', 'old']);
    expect(list.row(id(0))).toBe(before);
    expect(orders.all).toHaveLength(1);
  });

  test('not while nobody can see them; at once when somebody can', async () => {
    const visible = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    await shown();
    await vi.advanceTimersByTimeAsync(3 * AGAIN_AFTER);
    expect(windows.all).toHaveLength(1);
    visible.mockReturnValue('visible');
    document.dispatchEvent(new Event('visibilitychange'));
    expect(windows.all).toHaveLength(2);
  });

  test('not while the list is scrolled, not without rows, not after the list is closed', async () => {
    await vi.advanceTimersByTimeAsync(AGAIN_AFTER);
    expect(windows.all).toHaveLength(0);
    await shown();
    await vi.advanceTimersByTimeAsync(AGAIN_AFTER - 500);
    list.see(0, 4);
    await vi.advanceTimersByTimeAsync(500);
    expect(windows.all).toHaveLength(1);
    stop();
    await vi.advanceTimersByTimeAsync(2 * AGAIN_AFTER);
    expect(windows.all).toHaveLength(1);
  });
});

/** PERF-18: who drags the scroll bar passes thousands of rows, and waits only for those where it rests. */
describe('rows that are passed by', () => {
  test('at most two questions are under way; then those where the bar rests are asked for', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => id(index));
    await orders.all[0]?.answer(new PackedIds(packIds(many)));
    for (let place = 0; place <= 9_000; place += 300) list.see(place, place + 40);
    expect(windows.all).toHaveLength(2);
    await windows.all[0]?.answer(windows.all[0].of.map((one) => row(one, one)));
    expect(windows.all).toHaveLength(3);
    expect(windows.all[2]?.of).toEqual(expect.arrayContaining(many.slice(9_000, 9_040)));
    await windows.all[1]?.answer([]);
    await windows.all[2]?.answer(windows.all[2].of.map((one) => row(one, one)));
    expect(windows.all).toHaveLength(3);
    expect(list.row(id(9_020))).toBeDefined();
  });

  test('a question that failed is not asked again at once, by itself', async () => {
    await orders.all[0]?.answer(new PackedIds(packIds(ids)));
    list.see(0, 4);
    await windows.all[0]?.refuse(busy);
    expect(windows.all).toHaveLength(1);
    list.see(0, 4);
    expect(windows.all).toHaveLength(2);
  });
});

/** UI-22: an old link may name a column that the list has no longer; what is left of it is shown. */
test('a column that the list does not have is left out', async () => {
  await shown();
  const old: ListQuery = {
    ...emptyQuery(),
    search: 'north',
    sort: { column: 'gone', descending: false },
    criteria: [{ column: 'gone', test: { kind: 'yes_no', value: true } }],
  };
  void list.ask(old);
  await orders.all[1]?.refuse(new WireError({ code: 'list.unknown-column' }));
  expect(orders.all[2]?.of).toEqual({ ...emptyQuery(), search: 'north' });
  await orders.all[2]?.answer(new PackedIds(packIds(ids)));
  expect([list.error, list.query.search, list.query.sort]).toEqual([null, 'north', null]);
});
