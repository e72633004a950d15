// How the catalogue is told in words (LIC-01).

import { format, t } from '$shared/i18n';
import type { CatalogueType } from './catalogue';
import { plainName } from './status';

/** The documents that the built-in catalogue names are known by titles in their own language. */
const TITLE_LANGUAGES: ReadonlyMap<string, string> = new Map([
  ["AXIS License Manager, manuel d'utilisation", 'fr'],
  ["AXIS My Systems, manuel d'utilisation", 'fr'],
  ['IP Office Cloud Operations Manager, manuel', 'fr'],
]);

/** The language of a document's title; undefined: it is not known. */
export const languageOf = (source: string): string | undefined => TITLE_LANGUAGES.get(source.replaceAll('’', "'"));

/** What a type of storage keeps, and for how many days; null: it is no such type. */
function kept({ attributes }: CatalogueType): { resolution: string; days: number } | null {
  const days = Number(attributes?.retention_days);
  const resolution = attributes?.resolution ?? '';
  return resolution === '' || !Number.isInteger(days) || days < 1 ? null : { resolution, days };
}

const keptWords = (resolution: string, days: readonly number[]): string =>
  t('licences-types-kept', {
    resolution,
    days: format.list(days.map((one) => format.number(one))),
    count: Math.max(...days),
  });

/** A type by its attributes, *HD · 7 days*; else by its name. */
export function typeWords(type: CatalogueType): string {
  const storage = kept(type);
  return storage === null ? plainName(type.name) : keptWords(storage.resolution, [storage.days]);
}

/** All types of a product in one line; those that differ by their days alone stand together. */
export function typesWords(types: readonly CatalogueType[]): string {
  const days = new Map<string, number[]>();
  for (const type of types) {
    const storage = kept(type);
    // One that is something else is named among the others.
    if (storage === null) return format.list(types.map(typeWords));
    days.set(storage.resolution, [...(days.get(storage.resolution) ?? []), storage.days]);
  }
  const groups = [...days].map(([resolution, numbers]) => keptWords(resolution, numbers));
  return groups.length === 0 ? '' : groups.reduce((first, next) => t('licences-types-next', { first, next }));
}
