// What was searched for last, as long as the program runs: searching again begins with it.

import type { DiscoveryWay, NetworkInterface, StartDiscovery } from '$wire/types';

export const WAYS: readonly DiscoveryWay[] = ['mdns', 'ssdp', 'ws_discovery', 'ranges'];

class SearchForm {
  ways = $state.raw<ReadonlySet<DiscoveryWay>>(new Set<DiscoveryWay>(['mdns', 'ssdp', 'ws_discovery']));
  /** On which interfaces is asked: `all`, or the chosen ones. */
  where = $state('all');
  chosen = $state.raw<ReadonlySet<string>>(new Set());
  ranges = $state('');
  /** The search that was begun last; empty: none. */
  latest = $state('');
}
export const searchForm = new SearchForm();

/** What the form asks for. Ranges that are not searched are not sent. */
export function wanted(form: Pick<SearchForm, 'ways' | 'where' | 'chosen' | 'ranges'>): StartDiscovery {
  return {
    ways: WAYS.filter((way) => form.ways.has(way)),
    interfaces: form.where === 'all' ? null : [...form.chosen],
    ranges: form.ways.has('ranges') ? form.ranges : '',
  };
}

/** The text with one more range; the same again changes nothing. */
export function withRange(text: string, range: string): string {
  const lines = text
    .split(/[\n,;]/)
    .map((line) => line.trim())
    .filter(Boolean);
  return lines.includes(range) ? text : [...lines, range].join('\n');
}

/** The networks of this machine that can be searched by one click, each once. */
export function networksOf(interfaces: readonly NetworkInterface[]): { network: string; name: string }[] {
  const found = new Map<string, string>();
  for (const { name, networks, loopback, up } of interfaces)
    if (up && !loopback) for (const network of networks) if (!found.has(network)) found.set(network, name);
  return [...found].map(([network, name]) => ({ network, name }));
}
