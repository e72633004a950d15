// Files dropped on a part of a page.

import { flushSync } from 'svelte';
import { afterEach, expect, test, vi } from 'vitest';
import { usePlatform, type Readable } from '$platform';
import { FakePlatform } from '$platform/fake';
import type { Upload } from '$wire/types';
import { fileDrop } from './file-drop';

afterEach(() => {
  usePlatform(null);
  document.body.replaceChildren();
  vi.restoreAllMocks();
});

function zone(platform: FakePlatform, takes = true) {
  usePlatform(platform);
  const element = document.body.appendChild(document.createElement('main'));
  const seen: { over: boolean[]; files: (Upload | Readable)[] } = { over: [], files: [] };
  const detach = fileDrop({
    takes: () => takes,
    onover: (over) => seen.over.push(over),
    ondropped: (files) => seen.files.push(...files),
  })(element);
  return { element, seen, detach: () => detach?.() };
}
/** A drag event as the browser sends it; it answers whether the element takes what is dragged. */
function drag(element: HTMLElement, name: string, types: string[], files: File[] = []): boolean {
  const event = new Event(name, { bubbles: true, cancelable: true });
  Object.defineProperty(event, 'dataTransfer', { value: { types, files } });
  Object.defineProperty(event, 'relatedTarget', { value: null });
  element.dispatchEvent(event);
  flushSync();
  return event.defaultPrevented;
}

/** REP-03 */
test('a browser hands files to the page', () => {
  const { element, seen, detach } = zone(new FakePlatform());
  const file = new File(['x'], 'a.bin');
  expect(drag(element, 'dragover', ['Files'])).toBe(true);
  expect(drag(element, 'drop', ['Files'], [file])).toBe(true);
  expect(seen).toEqual({ over: [true, false], files: [file] });
  // A link, or a system that is dragged to a folder, is no file.
  expect(drag(element, 'dragover', ['text/uri-list'])).toBe(false);
  detach();
  expect(drag(element, 'drop', ['Files'], [file])).toBe(false);
});

/** REP-03: where the web view keeps files from the page, the host hands them over. */
test('the host hands over what was dropped on the element', async () => {
  const platform = new FakePlatform({}, 'desktop');
  const { element, seen } = zone(platform);
  const upload = { upload: '1', name: 'a.bin', size: 3 };
  const files = () => Promise.resolve([upload]);
  document.elementFromPoint = () => element;
  expect(drag(element, 'dragover', ['text/uri-list', 'text/html'])).toBe(true);
  platform.drop({ x: 5, y: 5, files });
  await vi.waitFor(() => expect(seen.files).toEqual([upload]));
  // A dialog lies above it.
  document.elementFromPoint = () => document.body;
  platform.drop({ x: 5, y: 5, files });
  await Promise.resolve();
  expect(seen.files).toEqual([upload]);
});

/** REP-02: who may not add is not offered it. */
test('nothing is taken where nothing may be', async () => {
  const platform = new FakePlatform({}, 'desktop');
  const { element, seen } = zone(platform, false);
  document.elementFromPoint = () => element;
  // Nor does the browser open it in place of the page.
  expect(drag(element, 'dragover', ['Files'])).toBe(true);
  expect(drag(element, 'drop', ['Files'], [new File(['x'], 'a.bin')])).toBe(true);
  const files = vi.fn(() => Promise.resolve([]));
  platform.drop({ x: 5, y: 5, files });
  await Promise.resolve();
  expect(files).not.toHaveBeenCalled();
  expect(seen).toEqual({ over: [false, false], files: [] });
});
