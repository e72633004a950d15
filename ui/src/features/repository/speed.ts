// How fast something comes in, and how long it will still take (REP-03).

/** How far it was, and when, in milliseconds. */
export interface Sample {
  at: number;
  done: number;
}

/** What is older than this says nothing of the speed now. In milliseconds. */
const LOOK_BACK = 10_000;

/** The samples that still count, with a new one. */
export function withSample(samples: readonly Sample[], sample: Sample): Sample[] {
  const kept = samples.filter(({ at, done }) => sample.at - at <= LOOK_BACK && done <= sample.done);
  return [...kept, sample];
}

/** Bytes a second; null: it is too early to say. */
export function speedOf(samples: readonly Sample[]): number | null {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined || last.at - first.at < 1_000) return null;
  return ((last.done - first.done) * 1_000) / (last.at - first.at);
}

/** How many milliseconds are left; null: nobody knows. */
export function timeLeft(samples: readonly Sample[], total: number | null): number | null {
  const speed = speedOf(samples);
  const done = samples.at(-1)?.done ?? 0;
  if (speed === null || speed <= 0 || total === null || total <= done) return null;
  return ((total - done) * 1_000) / speed;
}
