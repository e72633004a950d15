// Speed, time left, and files that are chosen, and sent piece by piece.

import { expect, test } from 'vitest';
import { usePlatform, WireError } from '$platform';
import { FakePlatform } from '$platform/fake';
import { toast } from '$shared/components';
import type { ArrivalView } from '$wire/types';
import { addFiles } from './adding';
import { ofDigest } from './package-form';
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

/** REP-05, REP-06: a file of digests that cannot be used is said for the file it was given with; the others are added. */
test('what was given as a digest is not left out without a word', async () => {
  const platform = new FakePlatform({
    'repository.begin_upload': ({ name, size, digest }) => {
      if (size === 0) throw new WireError({ code: 'repository.empty', params: { name } });
      if (digest !== 'garbage') return arrival(size);
      throw new WireError({
        code: 'form.invalid',
        fields: [{ field: 'digest', code: 'repository.no-digest', params: { name } }],
      });
    },
    'repository.append': () => arrival(1),
  });
  usePlatform(platform);
  platform.uploadFile = (file) => Promise.resolve({ upload: file.name, name: file.name, size: file.size });
  const before = toast.all.length;
  await addFiles(
    [
      new File(['1'], 'none.bin'),
      new File(['1'], 'blank.bin'),
      new File(['\n'], 'blank.bin.sha256'),
      new File(['1'], 'large.bin'),
      new File(['x'.repeat(64 * 1024 + 1)], 'large.bin.sha256'),
      new File(['1'], 'garbage.bin'),
      new File(['garbage'], 'garbage.bin.sha256'),
      new File([], 'empty.bin'),
    ],
    4,
  );
  expect(platform.callsOf('repository.begin_upload').map(({ name }) => name)).toEqual([
    'none.bin',
    'garbage.bin',
    'empty.bin',
  ]);
  const shown = toast.all.slice(before).map((one) => one.text);
  expect(shown).toHaveLength(4);
  for (const [at, name] of ['blank.bin', 'large.bin', 'garbage.bin', 'empty.bin'].entries()) {
    expect(shown[at]).toContain(name);
  }
});

/** REP-05: which doubts stand beside the digest, and which beside what was recognised. */
test('doubts stand beside what they are about', () => {
  expect(['version_unknown', 'digest_unusable'].map(ofDigest)).toEqual([false, true]);
});
