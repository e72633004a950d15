// Pages are addresses: `#/customers?open=…`. The part after # works the same in the shell and on the server,
// and back, forward, links and new windows are the browser's own (UI-01).

import { onDestroy } from 'svelte';

export interface Address {
  path: string;
  query: URLSearchParams;
}

export function parseAddress(hash: string): Address {
  const text = hash.replace(/^#/, '');
  const [path = '', query = ''] = text.split('?', 2);
  return { path: path.startsWith('/') ? path : '/', query: new URLSearchParams(query) };
}

type QueryValues = Record<string, string | null | undefined>;

/** The address of a page, for `<a href>`. */
export function href(path: string, query: QueryValues = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') parameters.set(name, value);
  }
  const text = parameters.toString();
  return `#${path}${text === '' ? '' : `?${text}`}`;
}

/** Values of the `:names` of a pattern, or null when the path is another page's. */
export function matchPath(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/').filter(Boolean);
  const given = path.split('/').filter(Boolean);
  const values: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index];
    if (part.startsWith(':')) {
      const optional = part.endsWith('?');
      if (value === undefined && !optional) return null;
      if (value !== undefined) values[part.slice(1, optional ? -1 : undefined)] = decode(value);
    } else if (part !== value) {
      return null;
    }
  }
  return given.length > wanted.length ? null : values;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Where somebody is about to go; null: the page goes as a whole (signing out). */
export type Destination = Address | null;

/** The words of a question, by their ids. */
export interface Question {
  title: string;
  body: string;
  /** What going on is called. */
  confirm: string;
}
const UNSAVED: Question = { title: 'unsaved-title', body: 'unsaved-body', confirm: 'unsaved-do' };

/** Asked before what was typed would be lost. */
interface Guard {
  /** Whether something is typed that this navigation would lose. */
  loses: (next: Destination) => boolean;
  /** What is asked. Without: something typed is not saved. */
  question?: Question;
}

class Router {
  #address = $state.raw(parseAddress(typeof location === 'undefined' ? '' : location.hash));
  #hash = typeof location === 'undefined' ? '' : location.hash;
  /** The place of this address in the history of the window, so that a way that was gone can be gone back. */
  #place = 0;
  /** The next change of address was agreed to. */
  #agreed = false;
  /** The navigation is being taken back; until then the same change may be told once more. */
  #returning = false;
  readonly #guards = new Set<Guard>();
  /** What stood in the address of each page when it was left last. */
  readonly #left = new Map<string, URLSearchParams>();
  /** A navigation waits for a yes: going on loses what was typed. */
  waiting = $state.raw<(() => void) | null>(null);
  /** What is asked about it. */
  question = $state.raw(UNSAVED);

  constructor() {
    if (typeof window === 'undefined') return;
    this.#place = placeOf(history.state) ?? 0;
    history.replaceState({ place: this.#place }, '', location.href);
    const follow = (): void => this.#follow();
    window.addEventListener('hashchange', follow);
    window.addEventListener('popstate', follow);
    window.addEventListener('beforeunload', (event) => {
      if (this.#loses(null)) event.preventDefault();
    });
  }

  get path(): string {
    return this.#address.path;
  }

  /** The whole address of the page, as in a link. */
  get address(): string {
    return this.#hash;
  }

  query(name: string): string | null {
    return this.#address.query.get(name);
  }

  /** `sure`: what was typed is saved or given up already. */
  go(path: string, query: QueryValues = {}, options: { replace?: boolean; sure?: boolean } = {}): void {
    this.#set(href(path, query), options.replace ?? false, options.sure ?? false);
  }

  /** Goes to a page as it was left last, with its search, filter and order; `query` changes some of that. */
  returnTo(path: string, query: QueryValues = {}, options: { replace?: boolean; sure?: boolean } = {}): void {
    this.go(path, { ...Object.fromEntries(this.#left.get(path) ?? []), ...query }, options);
  }

  /** Changes some of the query and keeps the rest. Null takes a name away. */
  setQuery(values: QueryValues, options: { replace?: boolean; sure?: boolean } = {}): void {
    const all: QueryValues = { ...Object.fromEntries(this.#address.query), ...values };
    this.#set(href(this.#address.path, all), options.replace ?? false, options.sure ?? false);
  }

  /** The address of this page with some of its query changed, for `<a href>`. */
  hrefWith(values: QueryValues): string {
    return href(this.#address.path, { ...Object.fromEntries(this.#address.query), ...values });
  }

  /** Watches over what is typed until the returned function is called. */
  guard(guard: Guard): () => void {
    this.#guards.add(guard);
    return () => this.#guards.delete(guard);
  }

  /** Goes on at once, or after a yes where something typed would be lost. */
  leave(goOn: () => void, next: Destination = null): void {
    if (this.#loses(next)) this.waiting = goOn;
    else goOn();
  }

  #loses(next: Destination): boolean {
    const losing = [...this.#guards].find((guard) => guard.loses(next));
    if (losing !== undefined) this.question = losing.question ?? UNSAVED;
    return losing !== undefined;
  }

  /** The window has another address: a link, back, forward, or typed by hand. */
  #follow(): void {
    const hash = location.hash;
    if (hash === this.#hash) {
      this.#returning = false;
      return;
    }
    if (this.#returning) return;
    let place = placeOf(history.state);
    if (place === null) {
      place = this.#place + 1;
      history.replaceState({ place }, '', hash);
    }
    const steps = place - this.#place;
    if (!this.#agreed && steps !== 0 && this.#loses(parseAddress(hash))) {
      this.#returning = true;
      history.go(-steps);
      this.waiting = () => {
        this.#agreed = true;
        history.go(steps);
      };
      return;
    }
    this.#agreed = false;
    this.#take(hash, place);
  }

  #set(hash: string, replace: boolean, sure: boolean): void {
    if (hash === this.#hash) return;
    const go = (): void => {
      const place = replace ? this.#place : this.#place + 1;
      if (replace) history.replaceState({ place }, '', hash);
      else history.pushState({ place }, '', hash);
      this.#take(hash, place);
    };
    if (sure) go();
    else this.leave(go, parseAddress(hash));
  }

  #take(hash: string, place: number): void {
    this.#left.set(this.#address.path, this.#address.query);
    this.#hash = hash;
    this.#place = place;
    this.#address = parseAddress(hash);
  }
}

function placeOf(state: unknown): number | null {
  const place = (state as { place?: unknown } | null)?.place;
  return typeof place === 'number' ? place : null;
}
export const router = new Router();

/** What is typed is lost when the page changes. */
export const otherPage = (next: Destination): boolean => next === null || next.path !== router.path;
/** What is typed in a panel is also lost when another one opens. */
export const otherPanel = (next: Destination): boolean =>
  otherPage(next) || next?.query.get('open') !== router.query('open');

/**
 * For as long as the component lives, asks before what is typed in it is lost: by a link, back, the palette, signing
 * out, or closing the window. `question`: what is asked where it is not about something typed. Call it while the component is made.
 */
export function keepUnsaved(
  dirty: () => boolean,
  lost: (next: Destination) => boolean = otherPage,
  question?: Question,
): void {
  onDestroy(router.guard({ loses: (next) => dirty() && lost(next), question }));
}
