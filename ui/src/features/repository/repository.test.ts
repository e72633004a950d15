// Speed, time left, and files that are sent piece by piece.

import { expect, test } from 'vitest';
import { usePlatform } from '$platform';
import { FakePlatform } from '$platform/fake';
import type { ArrivalView } from '$wire/types';
import { isSame, send, sha256 } from './sending';
import { speedOf, timeLeft, withSample, type Sample } from './speed';

const arrival = (total: number, pieces: string[] = []): ArrivalView => ({
  id: '1',
  state: 'interrupted',
  source: 'browser',
  file_name: 'a.bin',
  address: '',
  total,
  done: 0,
  error: null,
  work: null,
  started_at: 0,
  pieces,
  known_as: null,
});
const text = (content: string): ArrayBuffer => new TextEncoder().encode(content).buffer as ArrayBuffer;

/** REP-03 */
test('speed and time left come from the last seconds', () => {
  let samples: Sample[] = [];
  expect(speedOf(samples)).toBeNull();
  for (const at of [0, 500, 1_000, 20_000, 21_000, 22_000]) samples = withSample(samples, { at, done: at * 10 });
  expect(samples[0]?.at).toBe(20_000);
  expect(speedOf(samples)).toBe(10_000);
  expect(timeLeft(samples, 320_000)).toBe(10_000);
  expect(timeLeft(samples, null)).toBeNull();
  // Begun anew: what was before says nothing.
  expect(withSample(samples, { at: 22_500, done: 0 })).toEqual([{ at: 22_500, done: 0 }]);
});

/** REP-03: what is missing is sent, and nothing twice. */
test('a file is sent from where it stopped', async () => {
  const sent: { offset: number; sha256: string }[] = [];
  const platform = new FakePlatform({
    'repository.append': (args: { offset: number; sha256: string }) => {
      sent.push({ offset: args.offset, sha256: args.sha256 });
      return arrival(10);
    },
  });
  usePlatform(platform);
  platform.uploadFile = (file) => Promise.resolve({ upload: file.name, name: file.name, size: file.size });
  const file = new File(['0123456789'], 'a.bin');
  const known = [await sha256(text('0123'))];
  const signal = new AbortController().signal;
  expect(await isSame(file, arrival(10, known), 4, signal)).toBe(true);
  expect(await isSame(new File(['0129456789'], 'a.bin'), arrival(10, known), 4, signal)).toBe(false);
  expect(await isSame(new File(['012345678'], 'a.bin'), arrival(10, known), 4, signal)).toBe(false);
  const progress: number[] = [];
  await send(file, arrival(10, known), 4, signal, (done) => progress.push(done));
  expect(progress).toEqual([8, 10]);
  expect(sent).toEqual([
    { offset: 4, sha256: await sha256(text('4567')) },
    { offset: 8, sha256: await sha256(text('89')) },
  ]);
  await expect(send(file, arrival(10), 4, AbortSignal.abort(), () => undefined)).rejects.toMatchObject({
    code: 'work.cancelled',
  });
});
