// A copy of a package where the person wants it (CUS-51).

import { platform, WireError } from '$platform';
import { toast } from '$shared/components';
import { call } from '$shared/data.svelte';

/** Asks for a copy, which is verified first, and saves it. What goes wrong is told. */
export async function saveElsewhere(id: string): Promise<void> {
  try {
    const file = await call('repository.hand_out', { id });
    await platform().saveDownload(file.download, file.name);
  } catch (thrown) {
    toast.problem(WireError.from(thrown));
  }
}
