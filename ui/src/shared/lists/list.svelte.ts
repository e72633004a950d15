// The state of one list: the order as packed ids, the rows in view, what is asked and what is new (UI-26, UI-27).

import { WireError } from '$platform';
import type { ColumnLayout, ListDescription, ListQuery } from '$wire/types';
import { PackedIds } from './packed';
import { emptyQuery, isNarrowed } from './query';
import type { Change, ListSource } from './source';

/** The core answers at most this many rows a call. */
export const WINDOW = 200;
/** Rows kept besides those in view; a list scrolled back and forth is not asked twice. */
const KEPT = 2000;
/** How long changes gather before the order is asked again. */
const CHECK_AFTER = 1500;
/** More changed ids than this are not looked at one by one. */
const LOOKED_AT = 500;

export class ListState<Row extends { id: string }> {
  query = $state.raw<ListQuery>(emptyQuery());
  ids = $state.raw<PackedIds>(PackedIds.none);
  description = $state.raw<ListDescription | null>(null);
  layout = $state.raw<ColumnLayout | null>(null);
  loading = $state(true);
  error = $state.raw<WireError | null>(null);
  /** How many there are without search and filter; null: not known yet. */
  total = $state<number | null>(null);
  /** Changes that would move rows and wait for a yes. -1: too many to count. */
  changes = $state(0);
  /** A person is at the rows: nothing may jump under the pointer. */
  attended = false;

  readonly source: ListSource<Row>;
  #version = $state(0);
  #rows = new Map<string, Row>();
  #gone = new Set<string>();
  #asked = new Set<string>();
  #inView: string[] = [];
  #changed = new Set<string>();
  #manyChanged = false;
  #waiting: PackedIds | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  constructor(source: ListSource<Row>) {
    this.source = source;
  }

  /** Begins: columns, order, changes. Answers how to end it. */
  start(query: ListQuery): () => void {
    void this.source.describe().then(
      (description) => {
        this.description = description;
        this.layout = description.layout;
      },
      (thrown) => (this.error = WireError.from(thrown)),
    );
    void this.ask(query);
    const stop = this.source.onChange((change) => this.#onChange(change));
    return () => {
      stop();
      clearTimeout(this.#timer);
      this.#turn += 1;
    };
  }

  /** Asks for another order. Of two questions under way only the later one counts. */
  async ask(query: ListQuery): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    this.query = query;
    this.loading = true;
    try {
      const ids = await this.source.index(query);
      if (turn !== this.#turn) return;
      this.error = null;
      this.#take(ids);
      if (!isNarrowed(query)) this.total = ids.length;
      else if (this.total === null) void this.#countAll(query);
    } catch (thrown) {
      if (turn === this.#turn) this.error = WireError.from(thrown);
    } finally {
      if (turn === this.#turn) this.loading = false;
    }
  }

  /** The same question again: rows and order as they are now. */
  async reload(): Promise<void> {
    this.#rows.clear();
    this.#gone.clear();
    this.#asked.clear();
    this.total = null;
    await this.ask(this.query);
    this.#fetch(this.#inView);
  }

  /** UI-26: the person asked for the new order. */
  sortAgain(): void {
    if (this.#waiting === null) void this.reload();
    else this.#take(this.#waiting);
  }

  row(id: string): Row | undefined {
    void this.#version;
    return this.#rows.get(id);
  }

  /** Deleted since the order was made. */
  isGone(id: string): boolean {
    void this.#version;
    return this.#gone.has(id);
  }

  /** Told which rows are on screen; fetches what is missing, a little ahead in both directions. */
  see(start: number, end: number): void {
    const ids = this.ids;
    this.#inView = ids.slice(start, end);
    const ahead = Math.max(0, Math.floor((WINDOW - (end - start)) / 2));
    const wanted = ids.slice(start - ahead, end + ahead);
    // Nothing on screen is missing: what lies ahead can wait until half of it is used up.
    if (this.#inView.every((id) => this.#known(id)) && wanted.filter((id) => !this.#known(id)).length < ahead / 2)
      return;
    this.#fetch(wanted.filter((id) => !this.#known(id)));
  }

  #known(id: string): boolean {
    return this.#rows.has(id) || this.#asked.has(id) || this.#gone.has(id);
  }

  #take(ids: PackedIds): void {
    this.ids = ids;
    this.changes = 0;
    this.#changed.clear();
    this.#manyChanged = false;
    this.#waiting = null;
    this.#gone.clear();
    this.#version += 1;
  }

  #fetch(ids: readonly string[]): void {
    for (let start = 0; start < ids.length; start += WINDOW) {
      const part = ids.slice(start, start + WINDOW);
      part.forEach((id) => this.#asked.add(id));
      this.source.window(part).then(
        (rows) => {
          const came = new Set<string>();
          for (const row of rows) {
            came.add(row.id);
            this.#rows.delete(row.id);
            this.#rows.set(row.id, row);
          }
          for (const id of part) {
            this.#asked.delete(id);
            if (!came.has(id)) {
              this.#rows.delete(id);
              this.#gone.add(id);
            }
          }
          this.#forget();
          this.error = null;
          this.#version += 1;
        },
        (thrown) => {
          part.forEach((id) => this.#asked.delete(id));
          this.error = WireError.from(thrown);
        },
      );
    }
  }

  #forget(): void {
    if (this.#rows.size <= KEPT) return;
    const needed = new Set(this.#inView);
    for (const id of this.#rows.keys()) {
      if (this.#rows.size <= KEPT) return;
      if (!needed.has(id)) this.#rows.delete(id);
    }
  }

  #onChange(change: Change): void {
    const inView = new Set(this.#inView);
    if (change.many) {
      this.#manyChanged = true;
      for (const id of this.#rows.keys()) if (!inView.has(id)) this.#rows.delete(id);
      this.#fetch(this.#inView);
    } else {
      for (const id of change.ids) {
        this.#changed.add(id);
        if (!inView.has(id)) this.#rows.delete(id);
      }
      this.#fetch(change.ids.filter((id) => inView.has(id)));
    }
    if (change.membership) this.total = isNarrowed(this.query) ? null : this.total;
    this.#timer ??= setTimeout(() => void this.#check(), CHECK_AFTER);
  }

  /** Whether the order would be another by now. Nobody at the rows: it is taken at once. Else it is offered. */
  async #check(): Promise<void> {
    this.#timer = undefined;
    const turn = this.#turn;
    let ids: PackedIds;
    try {
      ids = await this.source.index(this.query);
    } catch {
      return;
    }
    if (turn !== this.#turn) return;
    if (!isNarrowed(this.query)) this.total = ids.length;
    else if (this.total === null) void this.#countAll(this.query);
    if (ids.equals(this.ids)) {
      this.changes = 0;
      this.#changed.clear();
      this.#manyChanged = false;
      this.#waiting = null;
      return;
    }
    if (!this.attended) {
      this.#take(ids);
      return;
    }
    this.#waiting = ids;
    this.changes =
      this.#manyChanged || this.#changed.size > LOOKED_AT ? -1 : Math.max(1, countMoves(this.ids, ids, this.#changed));
  }

  async #countAll(query: ListQuery): Promise<void> {
    try {
      this.total = (await this.source.index({ ...emptyQuery(query.organization) })).length;
    } catch {
      // The number of all is an extra; the list itself stands.
    }
  }
}

/** How many of the changed rows came, went or have another row above them. */
export function countMoves(before: PackedIds, after: PackedIds, changed: Iterable<string>): number {
  let moves = 0;
  for (const id of changed) {
    const old = before.indexOf(id);
    const now = after.indexOf(id);
    if (old === -1 && now === -1) continue;
    const above = (ids: PackedIds, index: number): string | null => (index <= 0 ? null : ids.idAt(index - 1));
    if (old === -1 || now === -1 || above(before, old) !== above(after, now)) moves += 1;
  }
  return moves;
}
