import { describe, expect, test } from 'vitest';
import { href, matchPath, parseAddress, router } from './router.svelte';

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
