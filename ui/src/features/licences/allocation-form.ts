// The form of an allocation (LIC-30): numbers are raised above the proposal, never lowered.

import type { AllocationChoice, AllocationPlan, PlannedYear, TermQuantity } from '$wire/types';

/** What a person has raised, by year and type. */
export type Raised = ReadonlyMap<string, number>;

const keyOf = (year: number, type: string): string => `${year}:${type}`;

const sumOf = (numbers: Iterable<number>): number => [...numbers].reduce((sum, one) => sum + one, 0);

/** The number that stands in a field: what was raised, and never less than the proposal. */
export const numberOf = (raised: Raised, year: number, type: string, proposed: number): number =>
  Math.max(proposed, raised.get(keyOf(year, type)) ?? proposed);

/** A number was changed. One at or below the proposal is the proposal: fewer years, not fewer licences. */
export function raise(raised: Raised, year: number, type: string, proposed: number, wanted: number): Raised {
  const next = new Map(raised);
  if (wanted > proposed) next.set(keyOf(year, type), wanted);
  else next.delete(keyOf(year, type));
  return next;
}

/** What is asked of the core. */
export function choiceOf(years: number, raised: Raised, first: number | null, yes: boolean): AllocationChoice {
  const quantities = [...raised].map(([key, quantity]) => {
    const at = key.indexOf(':');
    return { year: Number(key.slice(0, at)), licence_type: key.slice(at + 1), quantity };
  });
  return {
    first_year: first,
    years,
    // A year that was taken away again takes its numbers with it.
    quantities: first === null ? quantities : quantities.filter(({ year }) => year < first + years),
    lots: [],
    first_day: null,
    beyond_need: yes,
  };
}

/** By how much more is asked for than is short, over all years. */
export const beyond = (years: readonly PlannedYear[]): number =>
  years.reduce(
    (sum, { types }) => sum + types.reduce((more, { quantity, short }) => more + Math.max(0, quantity - short), 0),
    0,
  );

/** Of all years together what is needed, short and asked for, by type. */
export interface TypeSum {
  licence_type: string;
  quantity: number;
  /** Licences that leave the wallet; one of several years is one. */
  taken: number;
  inWallet: number;
  /** Licences of one year that come into the wallet in the same act, because it is late (LIC-32). */
  returned: number;
  /** What the wallet holds afterwards. */
  leftAfter: number;
}

/** Each type that the plan or the wallet has, with what it would take from the wallet. */
export function sums(plan: AllocationPlan, wallet: readonly TermQuantity[]): TypeSum[] {
  const names = new Set([
    ...plan.years.flatMap(({ types }) => types.map(({ licence_type }) => licence_type)),
    ...plan.lines.map(({ lot }) => lot.licence_type),
  ]);
  return [...names].map((licence_type) => {
    const taken = sumOf(
      plan.lines.filter(({ lot }) => lot.licence_type === licence_type).map(({ quantity }) => quantity),
    );
    // Licences without a term are not for years.
    const inWallet = sumOf(
      wallet.filter((held) => held.licence_type === licence_type && held.term > 0).map(({ quantity }) => quantity),
    );
    const returned = sumOf(
      plan.credits.filter((given) => given.licence_type === licence_type).map(({ credit }) => credit),
    );
    return {
      licence_type,
      quantity: sumOf(
        plan.years.flatMap(({ types }) =>
          types.filter((type) => type.licence_type === licence_type).map(({ quantity }) => quantity),
        ),
      ),
      taken,
      inWallet,
      returned,
      leftAfter: inWallet - taken + returned,
    };
  });
}

/** How many licences leave the wallet. */
export const taken = (plan: AllocationPlan): number => plan.lines.reduce((sum, { quantity }) => sum + quantity, 0);

/** Whether there is anything to confirm at all, and all that is asked for can be had. */
export type Readiness = 'ready' | 'missing' | 'nothing' | 'ask';

/** Whether it can be confirmed (LIC-30): the wallet covers all of it, and more than the need has its own yes. */
export function readiness(plan: AllocationPlan, yes: boolean): Readiness {
  if (plan.missing.length > 0) return 'missing';
  if (plan.lines.length === 0) return 'nothing';
  return needsYes(plan) && !yes ? 'ask' : 'ready';
}

/** How many places of a year each type fills beyond those that were asked for of it. */
function beyondAsked(plan: AllocationPlan, { year, types }: PlannedYear): Map<string, number> {
  const held = new Map<string, number>();
  for (const line of plan.lines) {
    const { licence_type: type, term } = line.lot;
    if (line.year <= year && year < line.year + term) held.set(type, (held.get(type) ?? 0) + line.quantity);
  }
  const asked = (type: string): number => types.find(({ licence_type }) => licence_type === type)?.quantity ?? 0;
  return new Map(
    [...held]
      .map(([type, places]): [string, number] => [type, places - asked(type)])
      .filter(([, places]) => places > 0),
  );
}

/** The types that stand in for others in a year (LIC-01): those that fill places which were asked for of another one. */
export const standIns = (plan: AllocationPlan, year: PlannedYear): string[] => [...beyondAsked(plan, year).keys()];

/**
 * So many places of the chosen years nobody asked for, because a licence of several years is never split (LIC-24). What stands in
 * for another type was asked for.
 */
export const unasked = (plan: AllocationPlan): number =>
  sumOf(
    plan.years.map((year) => {
      const substituted = sumOf(year.types.map((type) => type.substituted));
      return Math.max(0, sumOf(beyondAsked(plan, year).values()) - substituted);
    }),
  );

/** More than is needed would be allocated to the chosen years. */
export const needsYes = (plan: AllocationPlan): boolean => beyond(plan.years) > 0 || unasked(plan) > 0;
