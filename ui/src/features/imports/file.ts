// Opening a file, by the dialog or by dropping it (CUS-20, CUS-25, DEV-04).

import { platform, WireError, type Readable } from '$platform';
import { call, noticed } from '$shared/data.svelte';
import type { ImportView, Upload } from '$wire/types';
import type { Choice, Importable } from './importable';

/** CUS-25, in MiB: beyond it a file is refused before it is sent. */
export const LARGEST = 64;

/** Null: the person thought better of it. */
export async function pickImport(kind: Importable, choice: Choice): Promise<ImportView | null> {
  return open(kind, choice, () => platform().pickFile('csv'));
}

export async function dropImport(
  kind: Importable,
  choice: Choice,
  file: Upload | Readable,
): Promise<ImportView | null> {
  if (file.size > LARGEST * 1024 * 1024) {
    throw new WireError({ code: 'import.file-too-large', params: { limit: LARGEST } });
  }
  return open(kind, choice, () => ('upload' in file ? Promise.resolve(file) : sent(file)));
}

/** Hands a file of the page to the host. */
async function sent(file: Readable): Promise<Upload> {
  if (file instanceof File) return platform().uploadFile(file);
  return platform().uploadFile(new File([await file.slice(0, file.size).arrayBuffer()], file.name));
}

async function open(kind: Importable, choice: Choice, take: () => Promise<Upload | null>): Promise<ImportView | null> {
  let upload: Upload | null;
  try {
    upload = await take();
  } catch (thrown) {
    throw noticed(thrown);
  }
  return upload === null ? null : kind.open(upload.upload, choice);
}

/** The header and two example rows (CUS-20, DEV-04). False: the person thought better of it. */
export async function saveTemplate(kind: Importable): Promise<boolean> {
  const template = await call(kind.commands.template, {});
  return platform().saveDownload(template.download, template.name);
}
