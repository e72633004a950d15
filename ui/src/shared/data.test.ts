import { render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { usePlatform } from '$platform';
import { FakePlatform } from '$platform/fake';
import type { TagCount } from '$wire/types';
import { invalidate, queryClient } from './data.svelte';
import Asking from './testing/Asking.svelte';
import AskingLate from './testing/AskingLate.svelte';
import AskingOf from './testing/AskingOf.svelte';

let answers: ((tags: TagCount[]) => void)[];
let host: FakePlatform;
const tag = (name: string): TagCount[] => [{ tag: name, customers: 1 }];
/** The question number `count` was asked. */
const asked = async (count: number): Promise<void> => {
  await expect.poll(() => answers.length).toBe(count);
};

beforeEach(() => {
  answers = [];
  host = new FakePlatform({ 'customers.tags': () => new Promise((resolve) => answers.push(resolve)) });
  usePlatform(host);
});
afterEach(() => queryClient.clear());

/** UI-26 */
test('a question under way when what it asks about changes is asked again, and the newer answer stands', async () => {
  render(Asking);
  await asked(1);
  invalidate('customers');
  answers[0]?.(tag('before the change'));
  await screen.findByText('before the change');
  await asked(2);
  answers[1]?.(tag('after the change'));
  await screen.findByText('after the change');
  expect(answers).toHaveLength(2);
});

/** UI-26 */
test('an answer that was overtaken while its page was left is not believed when the page comes back', async () => {
  const { unmount } = render(Asking);
  await asked(1);
  unmount();
  invalidate('customers');
  answers[0]?.(tag('before the change'));
  await expect.poll(() => queryClient.isFetching()).toBe(0);
  render(Asking);
  await asked(2);
});

/** UI-26 */
test('a change of something else asks nothing again', async () => {
  render(Asking);
  await asked(1);
  invalidate('audit');
  answers[0]?.(tag('the answer'));
  await screen.findByText('the answer');
  expect(answers).toHaveLength(1);
});

/** UI-26: what a page reads of an answer only after another one has come is what came, and not what it was at the beginning. */
test('an answer that comes before it is read is shown', async () => {
  host.on('organizations.read', () => Promise.resolve({ name: 'the second' } as never));
  render(AskingLate);
  await asked(1);
  await expect.poll(() => queryClient.getQueryData(['organizations.read', { id: 'o1' }])).toBeDefined();
  // Whoever is told of answers is told in turns of its own.
  await new Promise((resolve) => setTimeout(resolve, 0));
  answers[0]?.(tag('the first'));
  await screen.findByText('the second');
});

/** UI-26: a dialog asks as the page behind it does, then something else; the page asks its own question again. */
test('whoever shares a question asks their own again', async () => {
  const ids: string[] = [];
  usePlatform(
    new FakePlatform({
      'organizations.read': ({ id }) => {
        ids.push(id);
        return Promise.resolve({ name: `name of ${id}` } as never);
      },
    }),
  );
  render(AskingOf, { id: 'page' });
  const dialog = render(AskingOf, { id: 'page' });
  await expect.poll(() => ids).toEqual(['page']);
  await dialog.rerender({ id: 'dialog' });
  await screen.findByText('name of dialog');
  invalidate('organizations');
  await expect.poll(() => ids.slice(2).sort()).toEqual(['dialog', 'page']);
  expect(screen.getAllByText(/^name of/).map(({ textContent }) => textContent)).toEqual([
    'name of page',
    'name of dialog',
  ]);
});
