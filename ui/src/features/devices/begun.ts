// What this window has begun to add, so that trying again need not ask what was answered already. No password is kept.

import type { Candidate, CredentialsForm, FirstAccountForm } from './adding';

/** What was answered to the questions of the panel. */
export interface Answers {
  credentials: Omit<CredentialsForm, 'password'>;
  first: Omit<FirstAccountForm, 'password'>;
}

export interface Begun {
  organization: string;
  folder: string;
  candidates: readonly Candidate[];
  /** The SHA-256 of the certificates that a person said yes to. */
  accepted: ReadonlySet<string>;
  answers: Answers;
}

/** The latest ones; more are not tried again. */
const KEPT = 20;
const acts = new Map<string, Begun>();

export function remember(act: string, begun: Begun): void {
  acts.set(act, begun);
  const [oldest] = acts.keys();
  if (acts.size > KEPT && oldest !== undefined) acts.delete(oldest);
}

export const recall = (act: string): Begun | null => acts.get(act) ?? null;

/**
 * A device to be tried again, with the certificate that was accepted for it before, unless its result has another one. What it wants is
 * what it wanted before, where it was refused before that was seen; not where another device answers.
 */
export function again(candidate: Candidate, before: Begun | null): Candidate {
  const former = before?.candidates.find(({ host, port }) => host === candidate.host && port === candidate.port);
  if (before === null || former === undefined) return candidate;
  const sameDevice = former.serial === '' || former.serial === candidate.serial;
  const wants = candidate.wants === 'unknown' && sameDevice ? former.wants : candidate.wants;
  const { certificate } = former;
  const keeps = candidate.certificate === null && certificate !== null && before.accepted.has(certificate.sha256);
  return { ...candidate, wants, certificate: keeps ? certificate : candidate.certificate };
}
