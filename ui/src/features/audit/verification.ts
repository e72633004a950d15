// What following the chain of the audit log has shown, and what it cannot show without a hash from elsewhere.

import type { AuditVerification } from '$wire/types';

/** Hexadecimal digits of a SHA-256. */
const DIGITS = 64;

/** A hash as it is compared: without what a document, a message or a line break puts between its digits. */
export const headOf = (typed: string): string => typed.replaceAll(/[\s:]/g, '').toLowerCase();

export const isHead = (head: string): boolean => head.length === DIGITS && /^[0-9a-f]+$/.test(head);

export type Verdict =
  /** An entry does not fit to the one before it. */
  | { kind: 'broken'; entry: number }
  /** What is there fits; whether entries are missing at the end only a hash from elsewhere shows. */
  | { kind: 'whole-so-far'; entries: number }
  /** The log ends with the hash that was given. */
  | { kind: 'whole'; entries: number }
  /** The log holds the hash that was given, and entries that came after it. */
  | { kind: 'held'; entry: number; later: number }
  /** The log does not hold the hash that was given. */
  | { kind: 'cut'; entries: number };

/** `compared`: a hash was given. */
export function verdictOf({ broken_at, entries, head_at }: AuditVerification, compared: boolean): Verdict {
  if (broken_at !== null) return { kind: 'broken', entry: broken_at };
  if (!compared) return { kind: 'whole-so-far', entries };
  if (head_at === null) return { kind: 'cut', entries };
  return head_at === entries ? { kind: 'whole', entries } : { kind: 'held', entry: head_at, later: entries - head_at };
}
