import type { ColumnDescription, Test } from '$wire/types';
import { format, has, localization, t } from '../i18n';
import { dayOf, startOfDay } from './query';

/** Columns and values are named as on the wire, underscores included. */
export const columnLabel = (list: string, column: string): string => t(`list-${list}-${column}`);

export function choiceLabel(list: string, column: string, value: string): string {
  const key = `choice-${list}-${column}-${value}`;
  return has(key) ? t(key) : value;
}

/** A value as its column shows it. */
export function valueLabel(list: string, column: ColumnDescription, value: string): string {
  if (column.kind === 'yes_no') return t(value === '1' ? 'yes' : 'no');
  return column.kind === 'choice' ? choiceLabel(list, column.name, value) : value;
}

/** A time as it was meant: a day where it is its beginning or its end. */
function moment(value: number): string {
  const { zone } = localization;
  const start = startOfDay(dayOf(value, zone), zone);
  const isDay = value === start || dayOf(value + 1, zone) !== dayOf(value, zone);
  return isDay ? format.date(value, zone) : format.dateTime(value, zone);
}

/** What a chip says of a criterion: how it tests, and against what. */
export function testWords(
  list: string,
  column: ColumnDescription | undefined,
  name: string,
  test: Test,
  idName?: (id: string) => string | undefined,
): { how: string; value: string } {
  const edge = (value: number): string => {
    if (column?.kind === 'date') return format.calendarDate(new Date(value * 86_400_000).toISOString().slice(0, 10));
    return column?.kind === 'time' ? moment(value) : format.number(value);
  };
  switch (test.kind) {
    case 'contains':
      return { how: t('list-test-contains'), value: test.text };
    case 'any_of':
      return {
        how: t(test.values.length === 1 ? 'list-test-is' : 'list-test-any'),
        value: format.list(
          test.values.map((value) => {
            if (column?.kind === 'id') return idName?.(value) ?? t('list-id-unknown');
            return column?.kind === 'choice' ? choiceLabel(list, name, value) : value;
          }),
        ),
      };
    case 'yes_no':
      return { how: t('list-test-is'), value: t(test.value ? 'yes' : 'no') };
    case 'empty':
      return { how: t(test.value ? 'list-test-empty' : 'list-test-not-empty'), value: '' };
    case 'range':
      if (test.from === null) return { how: t('list-test-until'), value: edge(test.to ?? 0) };
      if (test.to === null) return { how: t('list-test-from'), value: edge(test.from) };
      return { how: t('list-test-between'), value: `${edge(test.from)} – ${edge(test.to)}` };
  }
}
