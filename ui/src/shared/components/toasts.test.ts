import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { WireError } from '$platform';
import Toasts from './Toasts.svelte';
import { toast } from './toast.svelte';

/** UI-04: what is told has a place of its own: the page ends above it whether or not there is something to tell. */
it('comes and goes without moving the page', async () => {
  const styles = readFileSync(join(import.meta.dirname, '../styles/base.css'), 'utf8');
  expect(/\.app \{[^}]*height: calc\(100vh - var\(--toasts\)\)/.test(styles)).toBe(true);
  expect(/\.toasts \{[^}]*height: var\(--toasts\)/.test(styles)).toBe(true);
  const person = userEvent.setup();
  render(Toasts);
  const before = document.documentElement.getAttribute('style');
  toast.problem(new WireError({ code: 'right.missing' }));
  const words = await screen.findByText(/\S/, { selector: '.words' });
  expect(document.documentElement.getAttribute('style')).toBe(before);
  // What does not fit into the strip can be read whole.
  expect(words.title).toBe(words.textContent.trim());
  await person.click(screen.getByRole('button', { name: 'Close' }));
  expect(screen.queryByText(/\S/, { selector: '.words' })).toBeNull();
});
