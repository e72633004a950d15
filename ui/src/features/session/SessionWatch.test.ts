import { fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { usePlatform } from '$platform';
import { FakePlatform } from '$platform/fake';
import { session } from '$shared/session.svelte';
import { sessionView } from './testing';
import SessionWatch from './SessionWatch.svelte';

let host: FakePlatform;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
  host = new FakePlatform({ 'session.touch': () => sessionView() });
  usePlatform(host);
  session.view = sessionView();
  session.ended = false;
});
afterEach(() => vi.useRealTimers());

const pass = async (seconds: number): Promise<void> => {
  await vi.advanceTimersByTimeAsync(seconds * 1000);
  await tick();
};

/** ACC-10 */
describe('the watch over the end of a session', () => {
  it('counts the last minute down, then covers the page', async () => {
    render(SessionWatch);
    await pass(239);
    expect(screen.queryByRole('alertdialog')).toBeNull();
    await pass(19);
    expect(screen.getByText('Signing out in 42 s')).toBeTruthy();
    await pass(42);
    expect(session.ended).toBe(true);
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(host.callsOf('session.touch')).toEqual([]);
  });

  it('tells the core of keys and clicks at most every 20 s', async () => {
    render(SessionWatch);
    for (let second = 0; second < 60; second += 1) {
      await fireEvent.keyDown(document.body, { key: 'a' });
      await pass(1);
    }
    expect(host.callsOf('session.touch').length).toBeGreaterThanOrEqual(2);
    expect(host.callsOf('session.touch').length).toBeLessThanOrEqual(3);
    await pass(200);
    expect(session.ended).toBe(false);
  });

  it('stays signed in when asked to', async () => {
    render(SessionWatch);
    await pass(270);
    await fireEvent.click(screen.getByRole('button', { name: 'Stay signed in' }));
    await pass(1);
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(host.callsOf('session.touch')).toHaveLength(1);
    await pass(200);
    expect(session.ended).toBe(false);
  });
});
