import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { counts, jobId, jobRow } from '$features/jobs/testing';
import { usePlatform } from '$platform';
import type { FakePlatform } from '$platform/fake';
import { queryClient } from '$shared/data.svelte';
import { router } from '$shared/router.svelte';
import { session } from '$shared/session.svelte';
import type { JobSummary } from '$wire/types';
import App from './App.svelte';
import { fleet } from './sheet/fleet';

const person = userEvent.setup();
let host: FakePlatform;
let summary: JobSummary;

beforeEach(() => {
  summary = { running: [jobRow()], running_count: 3, held_count: 1 };
  host = fleet(10, {}, { 'jobs.summary': () => summary, 'work.list': () => [], 'search.find': () => [] });
  usePlatform(host);
  queryClient.clear();
  session.view = null;
  session.ended = false;
  router.go('/customers', {}, { replace: true, sure: true });
});

/** JOB-10, UI-01 */
it('shows what runs on every page, with the way to each job, and follows the changes', async () => {
  render(App);
  const trigger = await screen.findByRole('button', { name: '3 running' });
  expect(within(screen.getByRole('link', { name: /^Jobs/ })).getByText('3')).toBeTruthy();
  await person.click(trigger);
  // What floats is placed by the browser; until then it counts as hidden here.
  const link = (await screen.findByText('Upgrade berth cameras')).closest('a');
  expect(link?.getAttribute('href')).toBe(`#/jobs/${jobId(0)}`);
  expect(screen.getByText('4 of 9')).toBeTruthy();
  expect(screen.getByText('and 2 more')).toBeTruthy();
  expect(screen.getByText('1 job is paused or waits for approval')).toBeTruthy();

  const before = host.callsOf('jobs.summary').length;
  summary = { running: [jobRow({ counts: counts({ done: 9 }) })], running_count: 1, held_count: 0 };
  host.emit({ kind: 'changed', feature: 'jobs', ids: [jobId(0)], membership: false, many: false });
  expect(await screen.findByText('9 of 9')).toBeTruthy();
  expect(host.callsOf('jobs.summary').length).toBe(before + 1);
});

it('goes to the jobs by its key', async () => {
  render(App);
  await screen.findByRole('navigation', { name: 'Main' });
  await person.keyboard('gj');
  await waitFor(() => expect(router.path).toBe('/jobs'));
});
