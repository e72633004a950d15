import { expect, it } from 'vitest';
import { setLanguage } from '$shared/i18n';
import { systemWidths } from './columns';

/** UI-02: so wide these words are in the browser, in pixels; beside them stand the mark and the ends of the cell. */
it.each([
  ['en', 'Authentication failed', 128],
  ['fr', 'Échec d’authentification', 146],
  ['ja', '到達可能、API なし', 112],
] as const)('the states of systems are whole in the list (%s: %s)', async (language, _word, wide) => {
  await setLanguage(language);
  const state = Number.parseInt(systemWidths().state ?? '', 10);
  expect(state).toBeGreaterThanOrEqual(wide + 32);
  // What names a system has the rest.
  expect(state).toBeLessThan(wide + 60);
});
