// Files that this page sends to the repository. They go on while other pages of this window are looked at.

import { SvelteMap } from 'svelte/reactivity';
import { WireError, type Readable } from '$platform';
import { toast } from '$shared/components';
import { call, invalidate } from '$shared/data.svelte';
import type { ArrivalView } from '$wire/types';
import { isSame, send } from './sending';

/** A file under way from this page. */
export interface Sending {
  /** How many bytes have come. */
  done: number;
  cancel: () => void;
}

/** By the id of the file on its way in. */
export const sends = new SvelteMap<string, Sending>();

/** Begins to send a file. */
export async function sendNew(file: Readable, digest: string, piece: number): Promise<void> {
  const arrival = await call('repository.begin_upload', { name: file.name, size: file.size, digest });
  void run(file, arrival, piece);
}

/** Goes on with a file that stopped half-way; answers false when it is not the same file. */
export async function sendAgain(file: Readable, arrival: ArrivalView, piece: number): Promise<boolean> {
  if (!(await isSame(file, arrival, piece, new AbortController().signal))) return false;
  void run(file, arrival, piece);
  return true;
}

async function run(file: Readable, arrival: ArrivalView, piece: number): Promise<void> {
  const abort = new AbortController();
  const sending = (done: number): void => void sends.set(arrival.id, { done, cancel: () => abort.abort() });
  sending(arrival.pieces.length * piece);
  try {
    await send(file, arrival, piece, abort.signal, sending);
  } catch (thrown) {
    const error = WireError.from(thrown);
    if (error.code !== 'work.cancelled') toast.problem(error);
  } finally {
    sends.delete(arrival.id);
    invalidate('repository');
  }
}
