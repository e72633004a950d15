import { platform } from '$platform';
import { toast } from '$shared/components';
import { call } from '$shared/data.svelte';
import { t } from '$shared/i18n';

/** Writes the whole log, so that it can be checked without the workspace, and hands the file to the person (ADM-20). */
export async function exportLog(): Promise<void> {
  try {
    const download = await call('audit.export', {});
    if (await platform().saveDownload(download.download, download.name))
      toast.done(t('audit-exported', { name: download.name }));
  } catch (thrown) {
    toast.problem(thrown);
  }
}
