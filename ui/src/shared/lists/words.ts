import type { ColumnDescription, Test } from '$wire/types';
import { format, has, localization, t } from '../i18n';

/** Columns and values are named as on the wire, underscores included. */
export const columnLabel = (list: string, column: string): string => t(`list-${list}-${column}`);

export function choiceLabel(list: string, column: string, value: string): string {
  const key = `choice-${list}-${column}-${value}`;
  return has(key) ? t(key) : value;
}

/** What a chip says of a criterion. */
export function testLabel(
  list: string,
  column: ColumnDescription | undefined,
  name: string,
  test: Test,
  idName?: (id: string) => string | undefined,
): string {
  const edge = (value: number): string => {
    if (column?.kind === 'date') return format.calendarDate(new Date(value * 86_400_000).toISOString().slice(0, 10));
    return column?.kind === 'time' ? format.date(value, localization.zone) : format.number(value);
  };
  switch (test.kind) {
    case 'contains':
      return test.text;
    case 'any_of':
      return format.list(
        test.values.map((value) => {
          if (column?.kind === 'id') return idName?.(value) ?? t('list-id-unknown');
          return column?.kind === 'tags' ? value : choiceLabel(list, name, value);
        }),
      );
    case 'yes_no':
      return t(test.value ? 'yes' : 'no');
    case 'empty':
      return t('list-filter-empty');
    case 'range':
      if (test.from === null) return `≤ ${edge(test.to ?? 0)}`;
      return test.to === null ? `≥ ${edge(test.from)}` : `${edge(test.from)} – ${edge(test.to)}`;
  }
}
