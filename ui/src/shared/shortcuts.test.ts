import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { shortcuts } from './shortcuts.svelte';

const go = vi.fn();
const search = vi.fn();
const one = vi.fn();
let stop: () => void;
const listen = (event: KeyboardEvent): void => shortcuts.handle(event);

beforeEach(() => {
  stop = shortcuts.register(
    { keys: 'g c', label: 'shortcut-go', run: go },
    { keys: '/', label: 'shortcut-search', run: search },
    { keys: 'c', label: 'shortcut-help', run: one },
    { keys: 'mod+k', label: 'shortcut-palette', run: search },
  );
  addEventListener('keydown', listen);
  [go, search, one].forEach((mock) => mock.mockReset());
});
afterEach(() => {
  stop();
  removeEventListener('keydown', listen);
  document.body.replaceChildren();
});

function press(key: string, options: KeyboardEventInit & { on?: Element; at?: number } = {}): KeyboardEvent {
  const { on = document.body, at, ...rest } = options;
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...rest });
  if (at !== undefined) Object.defineProperty(event, 'timeStamp', { value: at });
  on.dispatchEvent(event);
  return event;
}

/** UI-03 */
describe('keys', () => {
  test('one after the other stand for something else than each by itself', () => {
    press('g', { at: 0 });
    press('c', { at: 400 });
    expect(go).toHaveBeenCalledTimes(1);
    expect(one).not.toHaveBeenCalled();
    press('c', { at: 800 });
    expect(one).toHaveBeenCalledTimes(1);
  });

  test('that come too late, or after another key, begin anew', () => {
    press('g', { at: 0 });
    press('c', { at: 5_000 });
    expect([go.mock.calls.length, one.mock.calls.length]).toEqual([0, 1]);
    press('g', { at: 6_000 });
    press('x', { at: 6_100 });
    press('c', { at: 6_200 });
    expect([go.mock.calls.length, one.mock.calls.length]).toEqual([0, 2]);
  });

  test('typed into a field are text, those of a dialog or a menu are its own', () => {
    const field = document.createElement('input');
    const tick = Object.assign(document.createElement('input'), { type: 'checkbox' });
    const menu = document.createElement('div');
    menu.setAttribute('data-floating', '');
    document.body.append(field, tick, menu);
    press('/', { on: field });
    press('/', { on: menu });
    expect(search).not.toHaveBeenCalled();
    press('/', { on: tick });
    expect(search).toHaveBeenCalledTimes(1);
    press('k', { on: field, ctrlKey: true });
    expect(search).toHaveBeenCalledTimes(2);
    document.body.append(Object.assign(document.createElement('dialog'), { open: true }));
    expect(press('/').defaultPrevented).toBe(false);
    expect(search).toHaveBeenCalledTimes(2);
  });
});
