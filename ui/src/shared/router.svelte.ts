// Pages are addresses: `#/customers?open=…`. The part after # works the same in the shell and on the server,
// and back, forward, links and new windows are the browser's own (UI-01).

interface Address {
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

class Router {
  #address = $state.raw(parseAddress(typeof location === 'undefined' ? '' : location.hash));

  constructor() {
    if (typeof window === 'undefined') return;
    const follow = (): void => {
      this.#address = parseAddress(location.hash);
    };
    window.addEventListener('hashchange', follow);
    window.addEventListener('popstate', follow);
  }

  get path(): string {
    return this.#address.path;
  }

  query(name: string): string | null {
    return this.#address.query.get(name);
  }

  go(path: string, query: QueryValues = {}, options: { replace?: boolean } = {}): void {
    this.#set(href(path, query), options.replace ?? false);
  }

  /** Changes some of the query and keeps the rest. Null takes a name away. */
  setQuery(values: QueryValues, options: { replace?: boolean } = {}): void {
    const all: QueryValues = { ...Object.fromEntries(this.#address.query), ...values };
    this.#set(href(this.#address.path, all), options.replace ?? false);
  }

  #set(hash: string, replace: boolean): void {
    if (hash === location.hash) return;
    if (replace) history.replaceState(null, '', hash);
    else history.pushState(null, '', hash);
    this.#address = parseAddress(hash);
  }
}
export const router = new Router();
