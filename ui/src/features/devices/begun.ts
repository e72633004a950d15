// What this window has begun to add, so that trying again need not ask what was answered already. No password is kept.

import type { Candidate } from './adding';

export interface Begun {
  organization: string;
  folder: string;
  candidates: readonly Candidate[];
  /** The SHA-256 of the certificates that a person said yes to. */
  accepted: ReadonlySet<string>;
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

/** A device to be tried again, with the certificate that was accepted for it before, unless its result has another one. */
export function again(candidate: Candidate, before: Begun | null): Candidate {
  if (candidate.certificate !== null || before === null) return candidate;
  const former = before.candidates.find(({ host, port }) => host === candidate.host && port === candidate.port);
  const certificate = former?.certificate ?? null;
  return certificate !== null && before.accepted.has(certificate.sha256) ? { ...candidate, certificate } : candidate;
}
