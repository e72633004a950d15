import { render, screen } from '@testing-library/svelte';
import { beforeEach, expect, it } from 'vitest';
import { usePlatform } from '$platform';
import { FakePlatform } from '$platform/fake';
import { queryClient } from '$shared/data.svelte';
import type { FolderNode } from '$wire/types';
import DeleteFolder from './DeleteFolder.svelte';

const node = { id: 'f2', name: 'Hall 3' } as FolderNode;
let applications: string[];

beforeEach(() => {
  queryClient.clear();
  applications = [];
  usePlatform(
    new FakePlatform({
      'folders.plan_deletion': () => ({ folders: 0, systems: 9, applications, members: [], invitations: 0 }),
    }),
  );
});

/** ORG-21, DEV-52: what may be damaged by the deletion is named, and what to do before. */
it('names the first of what may synchronise with the folder, how many there are, and what to do first', async () => {
  applications = ['Cams', 'KTH-NVR-04', 'C', 'D', 'E', 'F', 'G'];
  render(DeleteFolder, { node, onclose: () => undefined });
  expect(await screen.findByText('7 systems in this folder may synchronise with it automatically:')).toBeTruthy();
  expect(screen.getAllByRole('listitem', { hidden: true }).map((line) => line.textContent)).toEqual([
    'Cams',
    'KTH-NVR-04',
    'C',
    'D',
    'E',
    'and 2 more',
  ]);
  expect(screen.getByText(/^Disconnect on-premises applications/)).toBeTruthy();
});

it('says nothing of applications where there are none', async () => {
  render(DeleteFolder, { node, onclose: () => undefined });
  await screen.findByText('The folder is not empty');
  expect(screen.queryByText(/^Disconnect on-premises applications/)).toBeNull();
});
