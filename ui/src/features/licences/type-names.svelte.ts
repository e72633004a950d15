// What products' types are called, for lists that name them by their id.

import { useQuery } from '$shared/data.svelte';
import type { CatalogueFile } from './catalogue';
import { plainName } from './status';

/** The name of a type of a product; its id as long as nothing is known of it. */
export function useTypeNames(): (product: string, type: string) => string {
  const read = useQuery('licence_catalogue.read', () => ({}));
  const names = $derived(
    new Map(
      ((read.data?.catalogue ?? { products: [] }) as CatalogueFile).products.flatMap((product) =>
        product.types.map((type): [string, string] => [`${product.id}/${type.id}`, plainName(type.name)]),
      ),
    ),
  );
  return (product, type) => names.get(`${product}/${type}`) ?? type;
}
