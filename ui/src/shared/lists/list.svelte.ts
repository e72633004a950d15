// The state of one list: the order as packed ids, the rows in view, what is asked and what is new (UI-26, UI-27).

import { WireError } from '$platform';
import type { ColumnLayout, ListDescription, ListQuery } from '$wire/types';
import { AGAIN_AFTER } from '../data.svelte';
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
/** Rows that moved less than this ago are being scrolled; they are not asked again meanwhile. */
const STILL = 1000;

/** What of a list can fail by itself: its columns, its order, its rows. */
type Failing = 'description' | 'order' | 'rows';

export class ListState<Row extends { id: string }> {
  /** What the rows answer; while an answer is under way, what was asked. */
  query = $state.raw<ListQuery>(emptyQuery());
  ids = $state.raw<PackedIds>(PackedIds.none);
  description = $state.raw<ListDescription | null>(null);
  layout = $state.raw<ColumnLayout | null>(null);
  loading = $state(true);
  /** How many there are without search and filter; null: not known yet. */
  total = $state<number | null>(null);
  /** Changes that would move rows and wait for a yes. -1: too many to count. */
  changes = $state(0);
  /** These rows alone are shown, in the order asked for; null: all that match. */
  only = $state.raw<ReadonlySet<string> | null>(null);
  /** A person is at the rows: nothing may jump under the pointer. */
  attended = false;

  readonly source: ListSource<Row>;
  #version = $state(0);
  #rows = new Map<string, Row>();
  #gone = new Set<string>();
  /** Rows under way, each with its latest question: an answer to an earlier one may be older than a change. */
  #asked = new Map<string, number>();
  #question = 0;
  #inView: string[] = [];
  /** Where the rows on screen stand, and in which order. */
  #place = { ids: PackedIds.none, start: 0, end: 0 };
  /** So many questions for rows around those on screen are under way. */
  #aheadUnderWay = 0;
  #moved = 0;
  #askedAgain = 0;
  /** What was asked last, answered or not. */
  #wanted = emptyQuery();
  /** What the order that is shown answers. */
  #answeredQuery: ListQuery | null = null;
  #failures = $state.raw<Partial<Record<Failing, WireError>>>({});
  #changed = new Set<string>();
  #manyChanged = false;
  #waiting: PackedIds | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;
  /** Orders are numbered as they are asked; one asked before the one that is known is not taken. */
  #order = 0;
  #knownOrder = 0;
  #totalTurn = 0;

  constructor(source: ListSource<Row>) {
    this.source = source;
  }

  /** What went wrong and still is; the columns first, without them there is no table. */
  get error(): WireError | null {
    return this.#failures.description ?? this.#failures.order ?? this.#failures.rows ?? null;
  }

  /** Begins: columns, order, changes. Answers how to end it. */
  start(query: ListQuery): () => void {
    void this.#describe();
    void this.ask(query);
    const stop = this.source.onChange((change) => this.#onChange(change));
    const again = setInterval(() => this.#again(), AGAIN_AFTER);
    const seen = (): void => {
      if (performance.now() - this.#askedAgain >= AGAIN_AFTER) this.#again();
    };
    document.addEventListener('visibilitychange', seen);
    return () => {
      stop();
      clearTimeout(this.#timer);
      clearInterval(again);
      document.removeEventListener('visibilitychange', seen);
      this.#turn += 1;
    };
  }

  /** Asks for another order. Of two questions under way only the later one counts. */
  async ask(query: ListQuery): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const order = this.#nextOrder();
    // Another organization has another number of rows.
    if (query.organization !== this.#wanted.organization) this.#totalIs(null);
    this.query = query;
    this.#wanted = query;
    this.loading = true;
    try {
      const ids = await this.#index(query);
      if (turn !== this.#turn) return;
      this.#failed('order', null);
      this.#answeredQuery = query;
      if (order > this.#knownOrder) this.#take(ids, order);
      this.#count(this.ids.length);
    } catch (thrown) {
      if (turn !== this.#turn) return;
      const known = await this.#withKnownColumns(query, thrown);
      if (turn !== this.#turn) return;
      if (known !== null) return void (await this.ask(known));
      this.#failed('order', thrown);
      // The rows are still those of the question before: no chip stands over rows that it did not choose (CUS-43).
      if (this.#answeredQuery !== null) this.query = this.#answeredQuery;
    } finally {
      if (turn === this.#turn) this.loading = false;
    }
  }

  /** The same question again: rows and order as they are now, and the columns where they are missing. */
  async reload(): Promise<void> {
    if (this.description === null) void this.#describe();
    this.#rows.clear();
    this.#gone.clear();
    this.#asked.clear();
    this.#totalIs(null);
    await this.ask(this.#wanted);
    this.#fetch(this.#inView);
  }

  /** Shows these rows alone with the next question. */
  showOnly(ids: ReadonlySet<string>): void {
    this.only = new Set(ids);
    this.#totalIs(null);
  }

  /** Shows all that match again with the next question. */
  showAll(): void {
    this.only = null;
  }

  async #index(query: ListQuery): Promise<PackedIds> {
    const ids = await this.source.index(query);
    const only = this.only;
    return only === null ? ids : ids.among(only);
  }

  /** UI-26: the person asked for the new order. */
  sortAgain(): void {
    if (this.#waiting === null) void this.reload();
    else this.#take(this.#waiting, this.#knownOrder);
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
    this.#moved = performance.now();
    this.#inView = ids.slice(start, end);
    this.#place = { ids, start, end };
    this.#fetchAhead();
  }

  /**
   * Asks for what is missing around the rows on screen. While two such questions are under way no third one is asked: a
   * scroll bar that is dragged shows hundreds of rows for a moment each, and only those where it rests are waited for
   * (PERF-18).
   */
  #fetchAhead(): void {
    const asked = this.#place;
    const { ids, start, end } = asked;
    if (ids !== this.ids || this.#aheadUnderWay >= 2) return;
    const ahead = Math.max(0, Math.floor((WINDOW - (end - start)) / 2));
    const wholeView = this.#inView.every((id) => this.#known(id));
    // Nothing on screen is missing: what lies ahead can wait until half of it is used up.
    if (wholeView && [start - ahead / 2, end + ahead / 2].every((place) => this.#knownAt(Math.floor(place)))) return;
    const missing = ids.slice(start - ahead, end + ahead).filter((id) => !this.#known(id));
    if (missing.length === 0) return;
    this.#aheadUnderWay += 1;
    void this.#fetchPart(missing).finally(() => {
      this.#aheadUnderWay -= 1;
      // Where it failed and nobody went on, asking again is for those who look after that.
      if (this.#place !== asked) this.#fetchAhead();
    });
  }

  #knownAt(place: number): boolean {
    return place < 0 || place >= this.ids.length || this.#known(this.ids.idAt(place));
  }

  #known(id: string): boolean {
    return this.#rows.has(id) || this.#asked.has(id) || this.#gone.has(id);
  }

  /**
   * What is left of a question that names a column which the list does not have, as an old link may; null: it was refused for
   * something else.
   */
  async #withKnownColumns(query: ListQuery, thrown: unknown): Promise<ListQuery | null> {
    if (WireError.from(thrown).code !== 'list.unknown-column') return null;
    if (this.description === null) await this.#describe();
    const columns = new Set(this.description?.columns.map(({ name }) => name));
    const sort = query.sort !== null && columns.has(query.sort.column) ? query.sort : null;
    const criteria = query.criteria.filter(({ column }) => columns.has(column));
    const same = sort === query.sort && criteria.length === query.criteria.length;
    return same ? null : { ...query, sort, criteria };
  }

  async #describe(): Promise<void> {
    try {
      const description = await this.source.describe();
      if (this.description !== null) return;
      this.description = description;
      this.layout = description.layout;
      this.#failed('description', null);
    } catch (thrown) {
      if (this.description === null) this.#failed('description', thrown);
    }
  }

  #failed(what: Failing, thrown: unknown): void {
    if (thrown === null && this.#failures[what] === undefined) return;
    this.#failures = { ...this.#failures, [what]: thrown === null ? undefined : WireError.from(thrown) };
  }

  #nextOrder(): number {
    this.#order += 1;
    return this.#order;
  }

  #take(ids: PackedIds, order: number): void {
    this.#knownOrder = order;
    this.ids = ids;
    this.#nothingNew();
    this.#gone.clear();
    this.#version += 1;
  }

  #nothingNew(): void {
    this.changes = 0;
    this.#changed.clear();
    this.#manyChanged = false;
    this.#waiting = null;
  }

  /** Rows in view as they are now, where somebody can see them and nobody is scrolling. */
  #again(): void {
    const now = performance.now();
    if (document.visibilityState !== 'visible' || now - this.#moved < STILL) return;
    this.#askedAgain = now;
    this.#fetch(this.#inView.filter((id) => !this.#asked.has(id) && !this.#gone.has(id)));
  }

  #fetch(ids: readonly string[]): void {
    for (let start = 0; start < ids.length; start += WINDOW) void this.#fetchPart(ids.slice(start, start + WINDOW));
  }

  async #fetchPart(part: string[]): Promise<void> {
    this.#question += 1;
    const question = this.#question;
    part.forEach((id) => this.#asked.set(id, question));
    try {
      const came = new Map((await this.source.window(part)).map((row) => [row.id, row]));
      let differs = false;
      for (const id of part) differs = this.#answered(id, question, came.get(id)) || differs;
      this.#forget();
      this.#failed('rows', null);
      if (differs) this.#version += 1;
      // What somebody may not see any more leaves no empty rows until the changes have gathered (ORG-22).
      if (this.#manyChanged && this.#gone.size > 0 && this.#timer !== undefined) {
        clearTimeout(this.#timer);
        void this.#check();
      }
    } catch (thrown) {
      for (const id of part) if (this.#asked.get(id) === question) this.#asked.delete(id);
      this.#failed('rows', thrown);
    }
  }

  /** Takes one row of an answer, unless it changed since it was asked. Answers whether anything shown differs. */
  #answered(id: string, question: number, row: Row | undefined): boolean {
    const latest = this.#asked.get(id);
    // It changed out of view: the answer may be older, and nobody waits for it.
    if (latest === undefined) return false;
    const known = this.#rows.get(id);
    if (latest !== question) {
      // It was asked again. Until that answer comes, a row a moment old is better than none.
      if (row === undefined || known !== undefined) return false;
      this.#rows.set(id, row);
      return true;
    }
    this.#asked.delete(id);
    if (row === undefined) {
      this.#rows.delete(id);
      this.#gone.add(id);
      return true;
    }
    const same = known !== undefined && JSON.stringify(known) === JSON.stringify(row);
    // Set anew in either case: what was asked last is forgotten last.
    this.#rows.delete(id);
    this.#rows.set(id, same ? known : row);
    return !same;
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
    const outOfView = (id: string): void => {
      if (inView.has(id)) return;
      this.#rows.delete(id);
      this.#asked.delete(id);
    };
    if (change.many) {
      this.#manyChanged = true;
      [...this.#rows.keys(), ...this.#asked.keys()].forEach(outOfView);
      this.#fetch(this.#inView);
    } else {
      for (const id of change.ids) {
        this.#changed.add(id);
        outOfView(id);
      }
      this.#fetch(change.ids.filter((id) => inView.has(id)));
    }
    if (change.membership && (isNarrowed(this.query) || this.only !== null)) this.#totalIs(null);
    this.#timer ??= setTimeout(() => void this.#check(), CHECK_AFTER);
  }

  /** Whether the order would be another by now. Nobody at the rows: it is taken at once. Else it is offered. */
  async #check(): Promise<void> {
    this.#timer = undefined;
    // A question that failed is asked again first: it is what somebody waits for.
    if (this.#failures.order !== undefined) return this.reload();
    const turn = this.#turn;
    const order = this.#nextOrder();
    let ids: PackedIds;
    try {
      ids = await this.#index(this.query);
    } catch (thrown) {
      if (turn !== this.#turn) return;
      if (WireError.from(thrown).retryable) this.#timer ??= setTimeout(() => void this.#check(), AGAIN_AFTER);
      else this.#failed('order', thrown);
      return;
    }
    if (turn !== this.#turn || order < this.#knownOrder) return;
    this.#knownOrder = order;
    this.#count(ids.length);
    if (ids.equals(this.ids)) this.#nothingNew();
    // While the first answer to a question is under way, the rows on screen answer another one.
    // What somebody may not see any more does not wait until they look away (ORG-22).
    else if (!this.attended || this.loading || (this.#manyChanged && this.#gone.size > 0)) this.#take(ids, order);
    else {
      this.#waiting = ids;
      this.changes =
        this.#manyChanged || this.#changed.size > LOOKED_AT
          ? -1
          : Math.max(1, countMoves(this.ids, ids, this.#changed));
    }
  }

  /** How many there are of all, now that the question in force has so many. */
  #count(matching: number): void {
    if (!isNarrowed(this.query) && this.only === null) this.#totalIs(matching);
    else if (this.total === null) void this.#countAll();
  }

  #totalIs(total: number | null): void {
    this.#totalTurn += 1;
    this.total = total;
  }

  async #countAll(): Promise<void> {
    const turn = this.#totalTurn;
    try {
      const { length } = await this.source.index(emptyQuery(this.query.organization));
      if (turn === this.#totalTurn) this.#totalIs(length);
    } catch {
      // The number of all is an extra; the list itself stands, and says what fails in it.
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
