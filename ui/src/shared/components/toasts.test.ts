import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { usePlatform, WireError } from '$platform';
import { FakePlatform } from '$platform/fake';
import { connection } from '../connection.svelte';
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

/** UI-04, CUS-43: that the host does not answer stands in the banner; it is said beside it only where no banner does, and goes. */
it('says nothing of a lost connection that the banner says, and nothing once it is back', async () => {
  const host = new FakePlatform({});
  usePlatform(host);
  const stop = connection.follow();
  render(Toasts);
  const shown = (): (string | undefined)[] =>
    screen.queryAllByText(/\S/, { selector: '.words' }).map((one) => one.textContent.trim().split(' · ')[0]);
  toast.problem(new WireError({ code: 'host.unreachable', retryable: true }));
  toast.problem(new WireError({ code: 'right.missing' }));
  await waitFor(() => expect(shown()).toHaveLength(2));
  host.connect({ kind: 'lost', since: 0, attempts: 1, next: null });
  await waitFor(() => expect(shown()).toHaveLength(1));
  toast.problem(new WireError({ code: 'host.unreachable', retryable: true }));
  host.connect({ kind: 'live' });
  await waitFor(() => expect(toast.all).toHaveLength(1));
  expect(shown()).toHaveLength(1);
  toast.all.forEach(({ id }) => toast.close(id));
  stop();
});
