// What the ids that an entry recorded are called now. What was deleted since, or has no name, keeps its id alone.

import type { CatalogueFile } from '$features/licences/catalogue';
import { useQuery } from '$shared/data.svelte';
import type { Named, NamedKind } from './audit-words';

/** A question is about so many rows at most. */
const AT_ONCE = 200;

/** The names of what is named in an entry, asked for only where there is something to ask. */
export function useNames(named: () => readonly Named[]): (one: Named) => string | undefined {
  const idsOf = (kind: NamedKind): string[] =>
    [...new Set(named().flatMap((one) => (one.kind === kind ? [one.id] : [])))].slice(0, AT_ONCE);
  const accounts = useQuery('accounts.window', () => ({ ids: idsOf('account') }), {
    enabled: () => idsOf('account').length > 0,
  });
  const systems = useQuery('systems.window', () => ({ ids: idsOf('system') }), {
    enabled: () => idsOf('system').length > 0,
  });
  const organizations = useQuery('organizations.window', () => ({ ids: idsOf('organization') }), {
    enabled: () => idsOf('organization').length > 0,
  });
  const archived = useQuery('archived_organizations.window', () => ({ ids: idsOf('organization') }), {
    enabled: () => idsOf('organization').length > 0,
  });
  const catalogue = useQuery('licence_catalogue.read', () => ({}), {
    enabled: () => idsOf('product').length + idsOf('type').length > 0,
  });
  const names = $derived.by(() => {
    const { products } = (catalogue.data?.catalogue ?? { products: [] }) as CatalogueFile;
    return {
      account: new Map(
        (accounts.data ?? []).map(({ id, login, first_name, last_name }): [string, string] => {
          const person = `${first_name} ${last_name}`.trim();
          return [id, person === '' ? login : `${login} (${person})`];
        }),
      ),
      system: new Map(
        (systems.data ?? []).map(({ id, name, customer }): [string, string] => [
          id,
          [name, customer].filter(Boolean).join(', '),
        ]),
      ),
      organization: new Map(
        [...(organizations.data ?? []), ...(archived.data ?? [])].map(({ id, name }): [string, string] => [id, name]),
      ),
      product: new Map(products.map(({ id, name }): [string, string] => [id, name])),
      // Types are named within their product.
      type: new Map(
        products.flatMap(({ id, types }) => types.map((type): [string, string] => [`${id}/${type.id}`, type.name])),
      ),
    };
  });
  return ({ kind, id, within }) => names[kind].get(within === undefined ? id : `${within}/${id}`);
}
