// A file from the page's hands into the repository, piece by piece (REP-03).

import { platform, WireError, type Readable } from '$platform';
import { call } from '$shared/data.svelte';
import type { ArrivalView } from '$wire/types';

/** The SHA-256 of bytes, in hexadecimal digits. */
export async function sha256(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The piece of a file at this place. */
const pieceAt = (file: Readable, place: number, size: number): Promise<ArrayBuffer> =>
  file.slice(place * size, (place + 1) * size).arrayBuffer();

/**
 * Whether a file is the one of which these pieces have come. All of them are read: going on with another file would make a
 * third one of the two.
 */
export async function isSame(
  file: Readable,
  arrival: ArrivalView,
  size: number,
  signal: AbortSignal,
): Promise<boolean> {
  if (arrival.total !== file.size) return false;
  for (const [place, known] of arrival.pieces.entries()) {
    signal.throwIfAborted();
    if ((await sha256(await pieceAt(file, place, size))) !== known) return false;
  }
  return true;
}

/**
 * Sends what is missing of a file, one piece after the other, and tells how many bytes have come.
 *
 * Rejects with a `WireError`; with `work.cancelled` when `signal` ends it. What has come stays, to be gone on with.
 */
export async function send(
  file: Readable,
  arrival: ArrivalView,
  size: number,
  signal: AbortSignal,
  progress: (done: number) => void,
): Promise<ArrivalView> {
  let now = arrival;
  for (let place = arrival.pieces.length; place * size < file.size; place += 1) {
    if (signal.aborted) throw new WireError({ code: 'work.cancelled' });
    const piece = await pieceAt(file, place, size);
    const { upload } = await platform().uploadFile(new File([piece], file.name));
    now = await call('repository.append', {
      arrival: arrival.id,
      offset: place * size,
      upload,
      sha256: await sha256(piece),
    });
    progress(Math.min(file.size, (place + 1) * size));
  }
  return now;
}
