// Opening a file, by the dialog or by dropping it (CUS-20, CUS-25).

import { platform, WireError } from '$platform';
import { call, noticed } from '$shared/data.svelte';
import type { ImportView, Mode, Upload } from '$wire/types';

/** CUS-25, in MiB: beyond it a file is refused before it is sent. */
export const LARGEST = 64;

/** Null: the person thought better of it. */
export async function pickImport(mode: Mode): Promise<ImportView | null> {
  return open(mode, () => platform().pickFile('csv'));
}

export async function dropImport(file: File, mode: Mode): Promise<ImportView | null> {
  if (file.size > LARGEST * 1024 * 1024) {
    throw new WireError({ code: 'import.file-too-large', params: { limit: LARGEST } });
  }
  return open(mode, () => platform().uploadFile(file));
}

async function open(mode: Mode, take: () => Promise<Upload | null>): Promise<ImportView | null> {
  let upload: Upload | null;
  try {
    upload = await take();
  } catch (thrown) {
    throw noticed(thrown);
  }
  return upload === null ? null : call('customers.import_open', { upload: upload.upload, mode });
}

/** The header and two example rows (CUS-20). False: the person thought better of it. */
export async function saveTemplate(): Promise<boolean> {
  const template = await call('customers.import_template', {});
  return platform().saveDownload(template.download, template.name);
}
