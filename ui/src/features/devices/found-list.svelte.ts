import { platform, WireError } from '$platform';
import { call } from '$shared/data.svelte';
import { sortText } from '$shared/lists/address';
import { router } from '$shared/router.svelte';
import type { DiscoveryView, FoundDevice, FoundDevices } from '$wire/types';
import {
  arranged,
  canAdd,
  counted,
  entryOf,
  matches,
  narrowingOf,
  wordsOf,
  type Entry,
  type Group,
  type Narrowing,
} from './found';

/** How long what is told gathers before it is asked for. */
const GATHER = 400;

/**
 * What a search has found, followed as it comes (DEV-01). While somebody is at the rows none changes its place: new ones stand at the
 * end until they are sorted in (UI-26).
 */
export class FoundList {
  view = $state.raw<DiscoveryView | null>(null);
  error = $state.raw<WireError | null>(null);
  /** Everything that was found so far has come once. */
  loaded = $state(false);
  /** The keys of the rows, in order. */
  order = $state.raw<readonly string[]>([]);
  counts = $state.raw<Record<Group, number>>(counted([]));
  /** So many rows came that stand at the end and belong elsewhere; 0: sorting again would change nothing. */
  unsorted = $state(0);
  chosen = $state.raw<ReadonlySet<string>>(new Set());
  /** Stands in the address: it is there again after back and a reload. */
  readonly narrowing = $derived<Narrowing>(narrowingOf((name) => router.query(name)));
  /** A person is at the rows. */
  attended = false;

  readonly id: string;
  #version = $state(0);
  #entries = new Map<string, Entry>();
  #arrangedBy: Narrowing | null = null;
  #revision = 0;
  #reading = false;
  #again = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ended = false;

  constructor(id: string) {
    this.id = id;
  }

  /** Begins to follow the search; answers how to end that. */
  start(): () => void {
    void this.read();
    const stop = platform().subscribe((event) => {
      if (event.kind === 'changed' && event.feature === 'discovery' && event.ids.includes(this.id)) this.#soon();
    });
    const stopReconnect = platform().onReconnect(() => this.#soon());
    return () => {
      this.#ended = true;
      clearTimeout(this.#timer);
      stop();
      stopReconnect();
    };
  }

  row(key: string): FoundDevice | undefined {
    void this.#version;
    return this.#entries.get(key)?.device;
  }

  /** The devices that are chosen and can be added. */
  get selected(): FoundDevice[] {
    void this.#version;
    return [...this.chosen].flatMap((key) => {
      const device = this.#entries.get(key)?.device;
      return device !== undefined && canAdd(device) ? [device] : [];
    });
  }

  /** The keys listed that can be chosen. */
  get choosable(): string[] {
    void this.#version;
    return this.order.filter((key) => {
      const entry = this.#entries.get(key);
      return entry !== undefined && canAdd(entry.device);
    });
  }

  /** Narrows the rows, as a step that back undoes; what is typed on is one step. */
  ask(more: Partial<Narrowing>): void {
    const { group, search, sort } = { ...this.narrowing, ...more };
    const typedOn = search !== '' && this.narrowing.search !== '' && search !== this.narrowing.search;
    const values = { group: group === 'all' ? null : group, search, sort: sortText(sort) };
    router.setQuery(values, { replace: typedOn, sure: true });
    this.sortAgain();
  }

  /** Brings the rows into the order that is asked for, unless they are in it. */
  arrange(): void {
    if (this.#arrangedBy !== this.narrowing) this.sortAgain();
  }

  sortAgain(): void {
    this.#arrangedBy = this.narrowing;
    this.unsorted = 0;
    this.order = arranged(this.#entries, this.narrowing);
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.read();
    }, GATHER);
  }

  /** Asks how the search is, and for everything that is new. */
  async read(): Promise<void> {
    if (this.#reading) {
      this.#again = true;
      return;
    }
    this.#reading = true;
    try {
      do {
        this.#again = false;
        const view = await call('discovery.read', { id: this.id });
        if (this.#ended) return;
        this.view = view;
        await this.#readRows();
      } while (this.#again && !this.#ended);
      this.error = null;
      this.loaded = true;
    } catch (thrown) {
      this.error = WireError.from(thrown);
    } finally {
      this.#reading = false;
    }
  }

  async #readRows(): Promise<void> {
    for (;;) {
      const found = await call('discovery.rows', { id: this.id, since: this.#revision });
      if (this.#ended) return;
      this.#take(found);
      if (!found.more) return;
    }
  }

  #take(found: FoundDevices): void {
    this.#revision = found.revision;
    if (found.rows.length === 0 && found.gone.length === 0) return;
    const before = new Map(found.gone.map((key) => [key, this.#entries.get(key)?.device]));
    const came: string[] = [];
    for (const key of found.gone) this.#entries.delete(key);
    for (const device of found.rows) {
      if (!this.#entries.has(device.key)) came.push(device.key);
      this.#entries.set(device.key, entryOf(device));
    }
    this.#follow(before, found.rows);
    this.#version += 1;
    this.counts = counted(this.#entries.values());
    if (!this.attended) return this.sortAgain();
    const words = wordsOf(this.narrowing.search);
    const more = came.filter((key) => {
      const entry = this.#entries.get(key);
      return entry !== undefined && matches(entry, this.narrowing.group, words);
    });
    const kept = this.order.filter((key) => this.#entries.has(key));
    const sorted = arranged(this.#entries, this.narrowing);
    // Where the order moves no row that is there, it is taken: there is nothing to be sorted again.
    if (kept.every((key, place) => sorted[place] === key)) {
      this.unsorted = 0;
      this.order = sorted;
      return;
    }
    this.order = [...kept, ...more];
    this.unsorted += more.length;
  }

  /** A row that became part of another one, once its serial number was known, stays chosen as that one. */
  #follow(gone: ReadonlyMap<string, FoundDevice | undefined>, rows: readonly FoundDevice[]): void {
    const lost = [...gone].filter(([key]) => this.chosen.has(key) && !this.#entries.has(key));
    if (lost.length === 0) return;
    const chosen = new Set(this.chosen);
    for (const [key, former] of lost) {
      chosen.delete(key);
      const now = rows.find(({ host, port }) => host === former?.host && port === former.port);
      if (now !== undefined) chosen.add(now.key);
    }
    this.chosen = chosen;
  }
}
