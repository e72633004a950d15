import { describe, expect, it } from 'vitest';
import { setLanguage } from '$shared/i18n';
import type { CatalogueType } from './catalogue';
import { languageOf, typesWords, typeWords } from './catalogue-words';

const storage = (resolution: string, days: number): CatalogueType => ({
  id: `${resolution}-${days}`,
  name: `${resolution}, ${days} d`,
  attributes: { resolution, retention_days: String(days) },
  need: { kind: 'by_hand' },
});
const named = (name: string): CatalogueType => ({ id: name, name, need: { kind: 'by_hand' } });

/** LIC-01 */
describe('the types of a product', () => {
  const types = [storage('HD', 7), storage('HD', 30), storage('4K', 90)];

  it('stand together where they differ by their days alone, in each language', async () => {
    expect(typesWords(types)).toBe('HD · 7 and 30 days; 4K · 90 days');
    expect(typeWords(storage('HD', 1))).toBe('HD · 1 day');
    await setLanguage('fr');
    expect(typesWords(types)).toBe('HD · 7 et 30 jours\u202f; 4K · 90 jours');
    await setLanguage('ja');
    expect(typesWords(types)).toBe('HD・7、30 日；4K・90 日');
  });

  it('are named one by one otherwise, and a comma inside a name is not the next one', () => {
    expect(typesWords([named('Core'), named('Universal')])).toBe('Core and Universal');
    expect(typesWords([named('Core'), storage('HD', 7)])).toBe('Core and HD · 7 days');
    expect(typeWords(named('Storage, small'))).toBe('Storage · small');
    expect(typesWords([])).toBe('');
  });
});

it('knows the language of the titles that the built-in catalogue names, and of no other', () => {
  expect(languageOf("AXIS My Systems, manuel d'utilisation")).toBe('fr');
  expect(languageOf('AXIS My Systems, manuel d’utilisation')).toBe('fr');
  expect(languageOf('Price list 2026')).toBeUndefined();
});
