import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { href, matchPath, otherPage, parseAddress, router } from './router.svelte';

/** UI-01 */
describe('addresses', () => {
  test('a pattern gives its values or belongs to another page', () => {
    expect(matchPath('/customers/:id?', '/customers')).toEqual({});
    expect(matchPath('/customers/:id?', '/customers/a%20b')).toEqual({ id: 'a b' });
    expect(matchPath('/customers/:id', '/customers')).toBeNull();
    expect(matchPath('/customers', '/customers/x')).toBeNull();
    expect(matchPath('/', '/')).toEqual({});
  });

  test('what is written is read again; odd addresses lead home', () => {
    const address = parseAddress(href('/customers', { open: 'a&b=c', tag: '旗' }));
    expect(address.path).toBe('/customers');
    expect(address.query.get('open')).toBe('a&b=c');
    expect(address.query.get('tag')).toBe('旗');
    expect(parseAddress('#nonsense').path).toBe('/');
    expect(matchPath('/x/:id', '/x/%E0%A4%A')).toEqual({ id: '%E0%A4%A' });
  });

  test('a change of the query keeps the rest', () => {
    router.go('/customers', { tag: 'retail' });
    router.setQuery({ open: '7' });
    expect(location.hash).toBe('#/customers?tag=retail&open=7');
    router.setQuery({ open: null });
    expect(router.query('tag')).toBe('retail');
    expect(router.query('open')).toBeNull();
  });
});

/** What is typed is not lost without a yes (UI-28), however the page is left. */
describe('unsaved input', () => {
  let dirty = true;
  let stop: () => void;
  const arrived = (hash: string): Promise<void> => vi.waitFor(() => expect(location.hash).toBe(hash));

  beforeEach(async () => {
    router.go('/start');
    router.go('/form');
    dirty = true;
    stop = router.guard({ loses: (next) => dirty && otherPage(next) });
  });
  afterEach(() => {
    stop();
    router.waiting = null;
  });

  test('is asked about by the palette and by buttons, and goes on after a yes', () => {
    router.go('/elsewhere');
    expect(router.path).toBe('/form');
    router.waiting?.();
    expect(router.path).toBe('/elsewhere');
  });

  test('is asked about by a link, and the address stays', async () => {
    location.hash = '#/elsewhere';
    await vi.waitFor(() => expect(router.waiting).not.toBeNull());
    await arrived('#/form');
    expect(router.path).toBe('/form');
    router.waiting?.();
    await arrived('#/elsewhere');
    await vi.waitFor(() => expect(router.path).toBe('/elsewhere'));
  });

  test('is asked about by back', async () => {
    history.back();
    await vi.waitFor(() => expect(router.waiting).not.toBeNull());
    await arrived('#/form');
    expect(router.path).toBe('/form');
    router.waiting?.();
    await arrived('#/start');
    await vi.waitFor(() => expect(router.path).toBe('/start'));
  });

  test('holds a window that is closed or loaded anew', () => {
    const closing = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(closing);
    expect(closing.defaultPrevented).toBe(true);
    dirty = false;
    const again = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(again);
    expect(again.defaultPrevented).toBe(false);
  });

  test('is not asked about on the same page, nor when it is saved', () => {
    router.setQuery({ open: 'x' });
    expect(router.query('open')).toBe('x');
    router.go('/saved', {}, { sure: true });
    expect(router.path).toBe('/saved');
    expect(router.waiting).toBeNull();
  });
});
