import { render, screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { WireError } from '$platform';
import { setLanguage } from '../i18n';
import Problem from './Problem.svelte';
import { toast } from './toast.svelte';
import Toasts from './Toasts.svelte';

const SAID = 'Permission denied (os error 13)';
const unwritable = new WireError({ code: 'file.unwritable', params: { reason: SAID } });

/** GEN-04: a sentence in the person's language first; what the machine said stands below it, marked as such. */
describe('what a machine said in its own words', () => {
  it.each([
    ['en', 'The file could not be written', 'Technical detail'],
    ['fr', 'Le fichier n’a pas pu être écrit', 'Détail technique'],
    ['ja', 'ファイルに書き込めませんでした', '技術情報'],
  ] as const)('of a file, in %s', async (language, sentence, label) => {
    await setLanguage(language);
    render(Problem, { error: unwritable });
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toContain(sentence);
    const said = screen.getByText(SAID);
    expect(said.lang).toBe('en');
    expect(said.closest('p')?.textContent).toBe(`${label} ${SAID}`);
  });

  it('stands apart from the sentence in a toast as well', async () => {
    render(Toasts);
    toast.problem(unwritable);
    const said = await screen.findByText(SAID);
    expect(said.closest('p')?.textContent).toBe(`Technical detail ${SAID}`);
    expect(toast.all.at(-1)?.text).not.toContain(SAID);
  });

  it('is not shown where it is a code', () => {
    render(Problem, { error: new WireError({ code: 'import.file-not-deleted', params: { reason: 'changed' } }) });
    expect(screen.getByRole('alert').textContent).not.toContain('changed');
  });
});
