// Files that the core hands over, saved where a person chooses.

import { platform } from '$platform';
import { toast } from '$shared/components';
import { t } from '$shared/i18n';
import type { Download } from '$wire/types';

/** Whether it was saved; why not is told. */
export async function saveFile(download: Download): Promise<boolean> {
  try {
    const saved = await platform().saveDownload(download.download, download.name);
    if (saved) toast.done(t('list-exported', { name: download.name }));
    return saved;
  } catch (thrown) {
    toast.problem(thrown);
    return false;
  }
}
