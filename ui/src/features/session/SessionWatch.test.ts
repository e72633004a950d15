import { fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { usePlatform } from '$platform';
import { FakePlatform } from '$platform/fake';
import { session } from '$shared/session.svelte';
import type { SessionView } from '$wire/types';
import { sessionView } from './testing';
import SessionWatch from './SessionWatch.svelte';

let host: FakePlatform;
/** Somebody is active in another window of the session. */
let elsewhere: () => void;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
  let begun = Date.now();
  const ending = (): SessionView => sessionView({ ends_at: begun + 300_000, ends_at_latest: begun + 43_200_000 });
  host = new FakePlatform({
    'session.touch': () => {
      begun = Date.now();
      return ending();
    },
    'session.current': ending,
  });
  elsewhere = () => (begun = Date.now());
  usePlatform(host);
  await session.update(sessionView());
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

  it('stays away while another window of the session is used', async () => {
    render(SessionWatch);
    await pass(200);
    elsewhere();
    await pass(90);
    expect(screen.queryByRole('alertdialog')).toBeNull();
    await pass(100);
    expect(session.ended).toBe(false);
    // The warning vanishes as soon as somebody is active elsewhere.
    await pass(60);
    expect(screen.getByRole('alertdialog')).toBeTruthy();
    elsewhere();
    await pass(6);
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(session.ended).toBe(false);
  });

  it('counts from the newest answer, not from one that is shown anew with another organization', async () => {
    host.on('session.choose_organization', () => ({}));
    render(SessionWatch);
    await pass(200);
    await session.chooseOrganization('o1');
    await pass(58);
    expect(screen.getByText('Signing out in 42 s')).toBeTruthy();
  });

  it('is made no longer by an answer that was long on its way', async () => {
    render(SessionWatch);
    await pass(230);
    let answer: () => void = () => undefined;
    host.on('session.touch', () => {
      elsewhere();
      const view = sessionView();
      return new Promise((resolve) => (answer = () => resolve(view)));
    });
    await fireEvent.keyDown(document.body, { key: 'a' });
    await pass(30);
    answer();
    await pass(238 - 30);
    expect(screen.queryByRole('alertdialog')).toBeNull();
    await pass(3);
    expect(screen.getByRole('alertdialog')).toBeTruthy();
  });

  /** ACC-20: what was changed in another window shows here without a reload; the profile of others is nobody's business. */
  it('follows language and theme changed elsewhere', async () => {
    render(SessionWatch);
    const changed = sessionView();
    host.on('session.current', () => ({ ...changed, profile: { ...changed.profile, language: 'fr', theme: 'dark' } }));
    host.emit({ kind: 'changed', feature: 'customers', ids: [], membership: false, many: false });
    await pass(1);
    expect(session.view?.profile.theme).not.toBe('dark');
    host.emit({ kind: 'changed', feature: 'profile', ids: [], membership: false, many: false });
    await vi.waitFor(() => expect(session.view?.profile.language).toBe('fr'));
    expect(document.documentElement.dataset.theme).toBe('dark');
    await vi.waitFor(() => expect(document.documentElement.lang).toBe('fr'));
  });
});
