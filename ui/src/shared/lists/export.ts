import { platform } from '$platform';
import type { Download } from '$wire/types';
import { toast } from '../components/toast.svelte';
import { t } from '../i18n';

/** Has a file written of exactly what is listed, or of the chosen rows alone, and hands it to the person (UI-25). */
export async function handOver(write: Promise<Download>): Promise<void> {
  try {
    const download = await write;
    if (await platform().saveDownload(download.download, download.name))
      toast.done(t('list-exported', { name: download.name }));
  } catch (thrown) {
    toast.problem(thrown);
  }
}
