// The catalogue as its file has it (LIC-01), and how it is edited. The core checks every value.

/** Where a fact comes from. */
export interface CatalogueFact {
  field: string;
  source: string;
  date: string;
  assumption?: boolean;
}

export type NeedRule =
  { kind: 'by_hand' } | { kind: 'each_system'; kinds: string[]; models?: string[]; quantity: number };

export interface CatalogueType {
  id: string;
  name: string;
  attributes?: Record<string, string>;
  need: NeedRule;
}

export interface CatalogueProduct {
  id: string;
  name: string;
  types: CatalogueType[];
  trial_days?: number;
  grace_days?: number;
  terms?: number[];
  storage_years?: number;
  ahead_years?: number;
  tolerance_percent?: number;
  transferable?: boolean;
  substitutions?: { needed: string; substitute: string }[];
  hardware?: { model: string; licence_type: string; quantity: number }[];
  where_to_buy?: string;
  part_numbers?: { number: string; licence_type: string; term: number; quantity: number }[];
  facts: CatalogueFact[];
}

export interface CatalogueFile {
  format: number;
  name: string;
  date: string;
  products: CatalogueProduct[];
}

/** Numbers of a product that a person can change, with what holds where the file says nothing. */
export const NUMBERS = {
  trial_days: 0,
  grace_days: 30,
  storage_years: 5,
  ahead_years: 5,
  tolerance_percent: 100,
} as const;
export type NumberField = keyof typeof NUMBERS;
export const NUMBER_FIELDS = Object.keys(NUMBERS) as NumberField[];

/** What of a product stands on its form. */
export interface ProductForm {
  name: string;
  numbers: Record<NumberField, number | null>;
  transferable: boolean;
  where_to_buy: string;
  /** Where the changed facts come from. */
  source: string;
  date: string | null;
  assumption: boolean;
}

export const formOf = (product: CatalogueProduct, today: string): ProductForm => ({
  name: product.name,
  numbers: Object.fromEntries(NUMBER_FIELDS.map((field) => [field, product[field] ?? NUMBERS[field]])) as Record<
    NumberField,
    number | null
  >,
  transferable: product.transferable ?? true,
  where_to_buy: product.where_to_buy ?? '',
  source: '',
  date: today,
  assumption: false,
});

const FIELDS = [...NUMBER_FIELDS, 'name', 'transferable', 'where_to_buy'] as const;
export type Field = (typeof FIELDS)[number];

/** A field of the product as it is in force, whether or not the file names it. */
export function valueOf(product: CatalogueProduct, field: Field): string | number | boolean {
  if (field === 'name') return product.name;
  if (field === 'transferable') return product.transferable ?? true;
  if (field === 'where_to_buy') return product.where_to_buy ?? '';
  return product[field] ?? NUMBERS[field];
}

/** The fields whose values a form changes. */
export function changedFields(product: CatalogueProduct, form: ProductForm): Field[] {
  return FIELDS.filter((field) => {
    const now =
      field === 'name' || field === 'where_to_buy'
        ? form[field].trim()
        : field === 'transferable'
          ? form.transferable
          : form.numbers[field];
    return now !== valueOf(product, field);
  });
}

/** The product with what was changed, each changed fact with where it comes from. */
export function applied(product: CatalogueProduct, form: ProductForm): CatalogueProduct {
  const changed = changedFields(product, form);
  const facts = product.facts.filter(({ field }) => !(changed as string[]).includes(field));
  const source = { source: form.source.trim(), date: form.date ?? '', assumption: form.assumption };
  return {
    ...product,
    ...(Object.fromEntries(
      changed.map((field) => [
        field,
        field === 'name' || field === 'where_to_buy'
          ? form[field].trim()
          : field === 'transferable'
            ? form.transferable
            : form.numbers[field],
      ]),
    ) as Partial<CatalogueProduct>),
    facts: [...facts, ...changed.map((field) => ({ field, ...source }))],
  };
}

/** The catalogue with one product in another form. */
export const withProduct = (catalogue: CatalogueFile, product: CatalogueProduct): CatalogueFile => ({
  ...catalogue,
  products: catalogue.products.map((one) => (one.id === product.id ? product : one)),
});

/** How many facts no document says. */
export const assumptions = (product: CatalogueProduct): number =>
  product.facts.filter(({ assumption }) => assumption === true).length;

/** A file as it was picked; null: it is no catalogue at all. What is wrong inside, the core says. */
export function parseCatalogue(text: string): CatalogueFile | null {
  try {
    const found: unknown = JSON.parse(text);
    const products = (found as { products?: unknown } | null)?.products;
    return Array.isArray(products) ? (found as CatalogueFile) : null;
  } catch {
    return null;
  }
}
