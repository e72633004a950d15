// One waiting list on screen: its numbers, the order of its rows, and the rows in view (CUS-22, CUS-25). The rows
// themselves stay in the core; 10,000 of them are 10,000 numbers here.

import { untrack } from 'svelte';
import { platform, WireError } from '$platform';
import { call } from '$shared/data.svelte';
import { sortText } from '$shared/lists/address';
import { router } from '$shared/router.svelte';
import type { Event, ImportEdits, ImportId, ImportRow, ImportView, RowState, Sort } from '$wire/types';
import { narrowingOf, type Field, type Narrowing } from './columns';
import { Heights } from './heights';
import type { Importable } from './importable';

/** The core answers at most this many rows a call. */
const WINDOW = 200;
/** Rows kept beside those in view. */
const KEPT = 2000;
/** A running test changes rows all the time; they are asked no more often than this. */
const PACE = 400;

export class ImportList {
  readonly kind: Importable;
  readonly id: ImportId;
  view = $state.raw<ImportView | null>(null);
  error = $state.raw<WireError | null>(null);
  /** The first answer is not there yet. */
  loading = $state(true);
  order = $state.raw<readonly number[]>([]);
  heights = $state.raw(new Heights([], new Set()));
  /** Stands in the address: it is there again after back and a reload. */
  readonly narrowing = $derived<Narrowing>(narrowingOf((name) => router.query(name)));

  #version = $state(0);
  #rows = new Map<number, ImportRow>();
  #fresh = new Set<number>();
  /** Rows under way, each with its latest question. */
  #asked = new Map<number, number>();
  #question = 0;
  #inView: readonly number[] = [];
  /** What was typed and is not written yet, by row; it is shown as typed. */
  #typed = new Map<number, Map<Field, string>>();
  /** Ends when everything typed so far is written, one after another. */
  #writing: Promise<unknown> = Promise.resolve();
  #turn = 0;
  #viewTurn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #membership = false;

  constructor(kind: Importable, id: ImportId) {
    this.kind = kind;
    this.id = id;
  }

  /** Begins; answers how to end it. */
  start(): () => void {
    void this.#loadView();
    const stopAsking = $effect.root(() => {
      $effect(() => {
        void this.narrowing;
        untrack(() => void this.ask());
      });
    });
    const stop = platform().subscribe((event) => this.#onEvent(event));
    const stopReconnect = platform().onReconnect(() => this.#soon(true));
    return () => {
      stop();
      stopAsking();
      stopReconnect();
      clearTimeout(this.#timer);
      this.#turn += 1;
      this.#viewTurn += 1;
    };
  }

  row(number: number): ImportRow | undefined {
    void this.#version;
    const row = this.#rows.get(number);
    const typed = this.#typed.get(number);
    if (row === undefined || typed === undefined) return row;
    const { password, ...cells } = Object.fromEntries(typed);
    return {
      ...row,
      cells: { ...row.cells, ...cells },
      has_password: row.has_password || password !== undefined,
      // What was said of the cell was said of what stood in it before.
      problems: row.problems.filter((problem) => !typed.has(problem.field as Field)),
      new_folder: typed.has('folder') ? null : row.new_folder,
    };
  }

  /** What is in view now; what of it is not known or no longer true is asked. */
  see(start: number, end: number): void {
    this.#inView = this.order.slice(start, end);
    void this.#loadRows();
  }

  /** Narrows or orders the rows, as a step that back undoes. */
  narrow(more: Partial<Narrowing>): void {
    const { search, state, changed, sort } = { ...this.narrowing, ...more };
    router.setQuery({ search, state, changed: changed ? 'yes' : null, sort: sortText(sort) }, { sure: true });
  }

  /** Asks for the order of the rows by search, state and sort. */
  async ask(): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const { search, state, sort, changed } = this.narrowing;
    const rows = (search: string, state: RowState | null, sort: Sort | null, changed = false): Promise<number[]> =>
      call(this.kind.commands.rows, { import: this.id, search, state, sort, changed });
    const remarked = this.kind.makesFolders
      ? call(this.kind.commands.rows, { import: this.id, search: '', state: null, sort: null, in_new_folder: true })
      : Promise.resolve([]);
    try {
      const [order, invalid, update, made] = await Promise.all([
        rows(search, state, sort, changed),
        rows('', 'invalid', null),
        rows('', 'update', null),
        remarked,
      ]);
      if (turn !== this.#turn) return;
      this.order = order;
      this.heights = new Heights(order, new Set([...invalid, ...update, ...made]));
      this.error = null;
    } catch (thrown) {
      if (turn === this.#turn) this.error = WireError.from(thrown);
    } finally {
      if (turn === this.#turn) this.loading = false;
    }
  }

  /** Takes what an act answered; its rows and perhaps their order are new. */
  async take(view: ImportView): Promise<void> {
    this.#viewTurn += 1;
    this.view = view;
    this.#forget();
    await this.ask();
    await this.#loadRows();
  }

  /** Asks everything anew. */
  async reload(): Promise<void> {
    this.#forget();
    // The view compares the rows with what there is now; what their order and heights are follows from it.
    await this.#loadView();
    await this.ask();
    await this.#loadRows();
  }

  /** Writes cells of a row, or adds one (CUS-22), after everything that was typed before. */
  edit(row: number | null, cells: ImportEdits, password: string | null): Promise<void> {
    return this.#after(async () => {
      await this.take(await call(this.kind.commands.edit, { import: this.id, row, cells, password }));
    });
  }

  /** Writes one cell. It is shown as typed at once, and nobody waits for it: the next cell can be typed meanwhile. */
  async write(row: number, field: Field, text: string): Promise<void> {
    const typed = this.#typed.get(row) ?? new Map<Field, string>();
    this.#typed.set(row, typed.set(field, text));
    this.#version += 1;
    try {
      if (field === 'password') await this.edit(row, {}, text);
      else await this.edit(row, { [field]: text }, null);
    } finally {
      // Unless it was typed anew meanwhile.
      if (typed.get(field) === text) typed.delete(field);
      if (typed.size === 0 && this.#typed.get(row) === typed) this.#typed.delete(row);
      this.#version += 1;
    }
  }

  /** Ends when everything that was typed is written, or was refused. */
  async written(): Promise<void> {
    await this.#writing;
  }

  #after(act: () => Promise<void>): Promise<void> {
    const done = this.#writing.then(act);
    this.#writing = done.catch(() => undefined);
    return done;
  }

  /** Finds the rows whose certificate waits for a yes, at most `limit`. */
  async untrusted(limit: number): Promise<ImportRow[]> {
    const sort = { column: 'test', descending: false };
    const numbers = await call(this.kind.commands.rows, {
      import: this.id,
      search: '',
      state: null,
      sort,
      changed: false,
    });
    const found: ImportRow[] = [];
    // Sorted by test, what succeeded comes first, then what waits for a yes.
    const wanted = Math.min(limit, this.view?.counts.untrusted ?? 0);
    for (let from = 0; from < numbers.length && found.length < wanted; from += WINDOW) {
      const rows = await call(this.kind.commands.window, { import: this.id, rows: numbers.slice(from, from + WINDOW) });
      found.push(...rows.filter(waitsForYes));
    }
    return found.slice(0, wanted);
  }

  /** What is known and what is under way may be older than what happened now. */
  #forget(): void {
    this.#fresh.clear();
    this.#asked.clear();
  }

  async #loadView(): Promise<void> {
    this.#viewTurn += 1;
    const turn = this.#viewTurn;
    try {
      const view = await call(this.kind.commands.view, { import: this.id });
      if (turn === this.#viewTurn) this.view = view;
    } catch (thrown) {
      if (turn === this.#viewTurn) this.error = WireError.from(thrown);
    }
  }

  async #loadRows(): Promise<void> {
    const missing = this.#inView.filter((row) => !this.#fresh.has(row) && !this.#asked.has(row));
    for (let from = 0; from < missing.length; from += WINDOW) {
      const part = missing.slice(from, from + WINDOW);
      this.#question += 1;
      const question = this.#question;
      part.forEach((row) => this.#asked.set(row, question));
      try {
        const rows = await call(this.kind.commands.window, { import: this.id, rows: part });
        for (const row of rows) {
          const latest = this.#asked.get(row.row) === question;
          // Overtaken by a change: better than none until the newer answer comes, but not instead of it.
          if (!latest && this.#rows.has(row.row)) continue;
          this.#rows.delete(row.row);
          this.#rows.set(row.row, row);
          if (latest) this.#fresh.add(row.row);
        }
        this.#trim();
        this.#version += 1;
      } catch (thrown) {
        this.error = WireError.from(thrown);
      } finally {
        for (const row of part) if (this.#asked.get(row) === question) this.#asked.delete(row);
      }
    }
  }

  #trim(): void {
    if (this.#rows.size <= KEPT) return;
    const shown = new Set(this.#inView);
    for (const row of this.#rows.keys()) {
      if (this.#rows.size <= KEPT) return;
      if (shown.has(row)) continue;
      this.#rows.delete(row);
      this.#fresh.delete(row);
    }
  }

  #onEvent(event: Event): void {
    if (event.kind === 'work') {
      const test = this.view?.test;
      if (this.view === null || !test || event.work.id !== test.work) return;
      // The bar follows each step; the rows and the counts come at their pace.
      this.view = { ...this.view, test: { ...test, done: event.work.done, total: event.work.total } };
      this.#soon(event.work.finished_at !== null);
    } else if (event.kind === 'changed' && event.feature === 'imports') {
      if (event.many || event.ids.includes(this.id)) this.#soon(this.view?.test === null);
    } else if (event.kind === 'changed' && event.membership && this.kind.comparedWith.includes(event.feature)) {
      // A customer or device more or less: a row may be an update now, or new again.
      this.#soon(true);
    }
  }

  #soon(membership: boolean): void {
    this.#membership ||= membership;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const all = this.#membership;
      this.#membership = false;
      this.#forget();
      const compared = this.#loadView();
      if (all)
        void compared
          .then(() => this.ask())
          .then(() => {
            this.#forget();
            return this.#loadRows();
          });
      else void this.#loadRows();
    }, PACE);
  }
}

/** Whether a row met a device that can be given its first account (DEV-02): nothing about it is wrong so far. */
export const isFactoryNew = (row: ImportRow): boolean =>
  row.test.kind === 'done' && row.test.status === 'needs_setup' && row.test.problem === undefined;

/** Whether a row met a certificate that nobody said yes to (CUS-11). */
export const waitsForYes = (row: ImportRow): boolean =>
  row.test.kind === 'done' &&
  row.test.certificate !== null &&
  (row.test.status === 'certificate_not_trusted' || row.test.status === 'certificate_changed');
