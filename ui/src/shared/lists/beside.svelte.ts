// What another question says of the rows of a list: asked for the rows in view alone, and shown in columns of their own.

import { platform, WireError } from '$platform';
import type { ColumnDescription } from '$wire/types';
import { WINDOW } from './list.svelte';

/** A column whose values the list itself does not have. It stands after one of the list's own, and is shown with it. */
export interface BesideColumn {
  name: string;
  after: string;
}

export type ShownColumn = ColumnDescription & { width: number | null; beside?: true };

/** The columns to show, each with those that stand beside it. */
export function withBeside(
  shown: readonly (ColumnDescription & { width: number | null })[],
  beside: readonly BesideColumn[],
): ShownColumn[] {
  return shown.flatMap((column) => [
    column,
    ...beside
      .filter(({ after }) => after === column.name)
      .map(({ name }): ShownColumn => ({
        name,
        kind: 'text',
        choices: [],
        // The core neither orders nor finds rows by what it answers to another question.
        sortable: false,
        filterable: false,
        searchable: false,
        default_visible: true,
        width: null,
        beside: true,
      })),
  ]);
}

/** Changes gather so long before what they made stale is asked again. */
const AGAIN_AFTER = 1000;
/** What is known of so many rows besides those in view is kept. */
const KEPT = 2000;

/**
 * What another question says of rows, by their ids. The table tells which rows are in view; of those only what is not known is
 * asked, one question at a time: rows that a scroll bar passes by are not waited for (PERF-18).
 */
export class BesideRows<Value> {
  /** Why the last question failed; null: it did not. */
  error = $state.raw<WireError | null>(null);
  #version = $state(0);
  /** Null: the answer had nothing of it. */
  readonly #known = new Map<string, Value | null>();
  readonly #stale = new Set<string>();
  readonly #ask: (ids: string[]) => Promise<ReadonlyMap<string, Value>>;
  #inView: readonly string[] = [];
  #asking = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ask: (ids: string[]) => Promise<ReadonlyMap<string, Value>>) {
    this.#ask = ask;
  }

  /** Null: there is nothing to say of it; undefined: not known yet. */
  of(id: string): Value | null | undefined {
    void this.#version;
    return this.#known.get(id);
  }

  /** These rows are on screen. */
  see(ids: readonly string[]): void {
    this.#inView = ids;
    void this.#fetch();
  }

  /** What is known of these rows may be another by now; null: of all. It is shown until the answer comes. */
  changed(ids: readonly string[] | null): void {
    for (const id of ids ?? this.#known.keys()) if (this.#known.has(id)) this.#stale.add(id);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#fetch();
    }, AGAIN_AFTER);
  }

  /**
   * Asks again as things change: of the rows themselves (`own`) those that did, of what else the answers depend on (`others`) all.
   * Gives what ends it; call it when the page is shown.
   */
  follow(own: string, others: readonly string[]): () => void {
    const stopEvents = platform().subscribe((event) => {
      if (event.kind !== 'changed') return;
      if (event.feature === own) this.changed(event.many ? null : event.ids);
      else if (others.includes(event.feature)) this.changed(null);
    });
    const stopReconnect = platform().onReconnect(() => this.changed(null));
    return () => {
      stopEvents();
      stopReconnect();
      this.stop();
    };
  }

  /** Asks again after a failure. */
  retry(): void {
    this.error = null;
    void this.#fetch();
  }

  /** Nobody looks any more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#inView = [];
  }

  async #fetch(): Promise<void> {
    if (this.#asking || this.error !== null) return;
    const ids = this.#inView.filter((id) => !this.#known.has(id) || this.#stale.has(id)).slice(0, WINDOW);
    if (ids.length === 0) return;
    this.#asking = true;
    // What changes from now on is stale again.
    ids.forEach((id) => this.#stale.delete(id));
    try {
      const answers = await this.#ask(ids);
      for (const id of ids) {
        this.#known.delete(id);
        this.#known.set(id, answers.get(id) ?? null);
      }
      this.#forget();
      this.#version += 1;
    } catch (thrown) {
      this.error = WireError.from(thrown);
      ids.forEach((id) => this.#stale.add(id));
    } finally {
      this.#asking = false;
    }
    void this.#fetch();
  }

  #forget(): void {
    const needed = new Set(this.#inView);
    for (const id of this.#known.keys()) {
      if (this.#known.size <= KEPT) return;
      if (!needed.has(id)) this.#known.delete(id);
    }
  }
}
