import { WireError, type FieldProblem } from '$platform';
import type { ErrorCode } from '$wire/types';
import { calendarDate } from './formats';
import { has, t, type Words } from './i18n.svelte';

const key = (code: string): string => `error-${code.replaceAll('.', '-')}`;

/** What an error names; its days are written as everywhere else (GEN-05). */
const wordsOf = (params: WireError['params']): Words =>
  Object.fromEntries(
    Object.entries(params as Words).map(([name, value]) => [
      name,
      name === 'day' && typeof value === 'string' ? calendarDate(value) : value,
    ]),
  );

/** What failed, in the language in force (GEN-04). */
export function errorText(thrown: unknown): string {
  const error = WireError.from(thrown);
  return t(key(error.code), wordsOf(error.params));
}

/** What the person can do about it; null where there is nothing. */
export function errorAction(thrown: unknown): string | null {
  const error = WireError.from(thrown);
  const action = `${key(error.code)}.action`;
  return has(action) ? t(action, wordsOf(error.params)) : null;
}

/** What the operating system or a library said of it, in its own words; empty: nothing. What is a code is none of these. */
export function technicalDetail(thrown: unknown): string {
  const { reason } = WireError.from(thrown).params;
  return typeof reason === 'string' && !/^[a-z0-9.-]*$/.test(reason) ? reason : '';
}

/** An error that was kept by its code alone. */
export const errorCodeText = (code: ErrorCode): string => t(key(code));

export function problemText(problem: Pick<FieldProblem, 'code' | 'params'>): string {
  return t(key(problem.code), wordsOf(problem.params ?? {}));
}

/** The words under one field; none: it is right as it is. */
export function problemOf(problems: readonly FieldProblem[], field: string): string | undefined {
  const found = problems.filter((problem) => problem.field === field);
  return found.length === 0 ? undefined : found.map(problemText).join(' ');
}
