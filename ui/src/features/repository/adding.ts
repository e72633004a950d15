// Files that a person chose or dropped: those with their `.sha256` files beside them (REP-03, REP-05).

import { platform, WireError, type Readable } from '$platform';
import { toast } from '$shared/components';
import { call } from '$shared/data.svelte';
import type { Upload } from '$wire/types';
import { sendNew } from './sends.svelte';

const DIGEST = '.sha256';
/** More than this is no file of digests. */
const DIGEST_LIMIT = 64 * 1024;

/** The files without those that hold digests, each with the text of the one that is for it; empty: there is none. */
export function paired<Named extends { name: string }>(
  files: readonly Named[],
): { file: Named; digest: Named | null }[] {
  const digests = files.filter(({ name }) => name.toLowerCase().endsWith(DIGEST));
  const others = files.filter((file) => !digests.includes(file));
  const stem = (name: string): string => name.replace(/\.[^.]+$/, '');
  return others.map((file) => {
    const isFor = ({ name }: Named): boolean => {
      const of = name.slice(0, -DIGEST.length);
      return of === file.name || of === stem(file.name) || (others.length === 1 && digests.length === 1);
    };
    return { file, digest: digests.find(isFor) ?? null };
  });
}

/** What the file of digests for another one holds. One that holds nothing, or too much, is not taken for none (REP-06). */
async function textFor(file: Readable, digest: Readable | null): Promise<string> {
  if (digest === null) return '';
  const text =
    digest.size > DIGEST_LIMIT ? '' : new TextDecoder().decode(await digest.slice(0, digest.size).arrayBuffer());
  if (text.trim() === '') throw new WireError({ code: 'repository.no-digest', params: { name: file.name } });
  return text;
}

/** There is no form here: what is wrong with what was given for a file is said for itself. */
function problemOf(thrown: unknown): WireError {
  const error = WireError.from(thrown);
  const digest = error.fields.find(({ field }) => field === 'digest');
  return digest === undefined ? error : new WireError({ code: digest.code, params: digest.params });
}

async function each<Item>(items: readonly Item[], add: (item: Item) => Promise<unknown>): Promise<void> {
  for (const item of items) {
    try {
      await add(item);
    } catch (thrown) {
      toast.problem(problemOf(thrown));
    }
  }
}

/** Adds files: those of this machine where they lie, those in the page's hands by sending them. */
export async function addFiles(files: readonly (Upload | Readable)[], piece: number): Promise<void> {
  const isUpload = (one: Upload | Readable): one is Upload => 'upload' in one;
  const inHands = files.filter((one): one is Readable => !isUpload(one));
  await each(paired(inHands), async ({ file, digest }) => {
    await sendNew(file, await textFor(file, digest), piece);
  });
  const uploads = files.filter(isUpload);
  // The core looks for the digest beside a file by itself; it is no package of its own.
  await each(paired(uploads), ({ file }) => call('repository.add', { upload: file.upload, digest: '' }));
}

/** Asks for files and adds them. */
export async function chooseFiles(piece: number): Promise<void> {
  await addFiles(await platform().pickFiles('package'), piece);
}
