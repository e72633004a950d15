import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { createRawSnippet } from 'svelte';
import { expect, it, vi } from 'vitest';
import ConfirmDialog from './ConfirmDialog.svelte';

const person = userEvent.setup();

/** UI-03: Enter says yes from whichever field has the focus, and not before everything is filled in. */
it('is confirmed by Enter in any of its fields', async () => {
  const onconfirm = vi.fn();
  render(ConfirmDialog, {
    open: true,
    title: 'Archive',
    confirm: 'Archive it',
    tick: 'I know',
    onconfirm,
    children: createRawSnippet(() => ({ render: () => '<input aria-label="Other" />' })),
  });
  const tick = screen.getByLabelText<HTMLInputElement>('I know');
  screen.getByLabelText('Other').focus();
  await person.keyboard('{Enter}');
  expect(onconfirm).not.toHaveBeenCalled();
  await person.click(tick);
  const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Archive it' });
  expect([button.type, button.form]).toEqual(['submit', tick.form]);
  screen.getByLabelText('Other').focus();
  await person.keyboard('{Enter}');
  await waitFor(() => expect(onconfirm).toHaveBeenCalledOnce());
});
