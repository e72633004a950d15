import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { usePlatform } from '$platform';
import { FakePlatform } from '$platform/fake';
import { queryClient } from '$shared/data.svelte';
import type { AuditVerification } from '$wire/types';
import { headOf, isHead, verdictOf } from './verification';
import VerificationPanel from './VerificationPanel.svelte';

const HEADS = ['a1', 'b2', 'c3'].map((pair) => pair.repeat(32));
const found = (more: Partial<AuditVerification> = {}): AuditVerification => ({
  entries: 3,
  head: HEADS[2] ?? '',
  broken_at: null,
  head_at: null,
  ...more,
});

/** ADM-20 */
describe('the verdict on the audit log', () => {
  it.each([
    ['nothing to compare with', found(), false, { kind: 'whole-so-far', entries: 3 }],
    ['its own head', found({ head_at: 3 }), true, { kind: 'whole', entries: 3 }],
    ['an earlier head', found({ head_at: 2 }), true, { kind: 'held', entry: 2, later: 1 }],
    ['a head it does not hold', found(), true, { kind: 'cut', entries: 3 }],
    ['a broken chain', found({ broken_at: 2, head: '', entries: 1, head_at: 1 }), true, { kind: 'broken', entry: 2 }],
  ] as const)('%s', (_name, verification, compared, verdict) => {
    expect(verdictOf(verification, compared)).toEqual(verdict);
  });

  it('takes a hash as documents write it, and nothing else', () => {
    expect(headOf(` ${'A1:'.repeat(16)}\n${'a1 '.repeat(16)}`)).toBe('a1'.repeat(32));
    expect(isHead('a1'.repeat(32))).toBe(true);
    expect(isHead('a1'.repeat(31))).toBe(false);
    expect(isHead('g1'.repeat(32))).toBe(false);
  });
});

/** ADM-20 */
describe('the panel that verifies the audit log', () => {
  let host: FakePlatform;
  beforeEach(() => {
    queryClient.clear();
    host = new FakePlatform({
      'audit.verify': ({ head }) => found({ head_at: head === undefined ? null : HEADS.indexOf(head) + 1 || null }),
    });
    usePlatform(host);
  });

  it('does not call a log whole that is compared with nothing, and compares it with what is given', async () => {
    const person = userEvent.setup();
    render(VerificationPanel, { onclose: () => undefined });
    await screen.findByText('Log intact up to entry 3');
    expect(screen.queryByText('Log intact')).toBeNull();
    const field = screen.getByLabelText('Hash to compare with');
    const compareWith = async (head: string): Promise<void> => {
      await person.clear(field);
      await person.type(field, `${head}{Enter}`);
    };
    await compareWith('not a hash');
    await screen.findByText('A SHA-256 hash has 64 digits from 0 to 9 and a to f');
    expect(host.callsOf('audit.verify')).toEqual([{}]);

    await compareWith((HEADS[2] ?? '').toUpperCase());
    await screen.findByText('Log intact');
    expect(host.callsOf('audit.verify').at(-1)).toEqual({ head: HEADS[2] });

    await compareWith(HEADS[0] ?? '');
    await screen.findByText('Log intact: entry 1 has this hash');
    expect(screen.getByText(/2 entries were added since/)).toBeTruthy();

    await compareWith('d4'.repeat(32));
    expect((await screen.findByRole('alert')).textContent).toContain('No entry has this hash');

    await person.click(screen.getByRole('button', { name: 'Without comparison' }));
    await screen.findByText('Log intact up to entry 3');
    await waitFor(() => expect((field as HTMLInputElement).value).toBe(''));
  });
});
