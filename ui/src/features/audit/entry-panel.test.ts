import { render, screen } from '@testing-library/svelte';
import { beforeEach, expect, it } from 'vitest';
import { usePlatform } from '$platform';
import { FakePlatform } from '$platform/fake';
import { queryClient } from '$shared/data.svelte';
import type { AuditRow, SystemRow } from '$wire/types';
import EntryPanel from './EntryPanel.svelte';

const [OPERATION, KNOWN, DELETED] = [1, 2, 3].map((last) => `01890000-0000-7000-8000-00000000000${last}`);
let host: FakePlatform;

beforeEach(() => {
  queryClient.clear();
  host = new FakePlatform({
    'audit.window': () => [
      {
        id: 'e1',
        sequence: 7,
        at: 0,
        who: 'keller',
        origin: 'desktop',
        act: 'licences.allocate',
        organization: 'Werft Nord',
        subject: 'Werft Nord: Phone',
        result: 'done',
        details: JSON.stringify({ product: 'acme.phone', operation: OPERATION, ids: [KNOWN, DELETED] }),
      } satisfies AuditRow,
    ],
    'licence_catalogue.read': () => ({
      version: 1,
      from: '2026-01-01',
      built_in: true,
      catalogue: { products: [{ id: 'acme.phone', name: 'Acme Phone', types: [] }] },
    }),
    'systems.window': () => [{ id: KNOWN, name: 'KBG-HAN-01', customer: 'Bergmann' } as SystemRow],
  });
  usePlatform(host);
});

/** ADM-20 */
it('names what an entry is about, and keeps each id to be copied', async () => {
  render(EntryPanel, { id: 'e1', onclose: () => undefined });
  await screen.findByText('Acme Phone');
  await screen.findByText('KBG-HAN-01, Bergmann');
  for (const id of ['acme.phone', OPERATION, KNOWN, DELETED])
    expect(screen.getByText(id ?? '').className).toContain('mono');
  expect(screen.getAllByRole('button', { name: /^Copy / })).toHaveLength(4);
  expect(host.callsOf('systems.window')).toEqual([{ ids: [KNOWN, DELETED] }]);
  // What no detail names is not asked for.
  expect(host.callsOf('accounts.window')).toEqual([]);
});
