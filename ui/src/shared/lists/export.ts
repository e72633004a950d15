import { platform } from '$platform';
import type { ExportFormat, ListQuery } from '$wire/types';
import { toast } from '../components/toast.svelte';
import { t } from '../i18n';
import type { ListSource } from './source';

/** Writes exactly what is listed, or the chosen rows alone, and hands the file to the person (UI-25). */
export async function exportRows(
  source: Pick<ListSource<{ id: string }>, 'export'>,
  query: ListQuery,
  columns: string[],
  ids: string[] | null,
  kind: ExportFormat,
): Promise<void> {
  try {
    const download = await source.export(query, columns, ids, kind);
    if (await platform().saveDownload(download.download, download.name))
      toast.done(t('list-exported', { name: download.name }));
  } catch (thrown) {
    toast.problem(thrown);
  }
}
