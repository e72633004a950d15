import { toast } from '$shared/components';
import type { ListSource } from '$shared/lists';

/** Goes where a row leads to, known by its id alone: it may not have been read yet. */
export async function goToRow<Row extends { id: string }>(
  source: ListSource<Row>,
  id: string | undefined,
  go: (row: Row) => void,
): Promise<void> {
  if (id === undefined) return;
  try {
    const [row] = await source.window([id]);
    if (row !== undefined) go(row);
  } catch (thrown) {
    toast.problem(thrown);
  }
}
