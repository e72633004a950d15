// Which lots a transfer takes (LIC-45).

import type { LotLine, LotRow, TermQuantity, TransferPlan } from '$wire/types';

/** The lots that are proposed, each once. */
export function linesFor(plan: TransferPlan): LotLine[] {
  const lines = new Map<string, number>();
  for (const { lot, quantity } of plan.lines) lines.set(lot.lot, (lines.get(lot.lot) ?? 0) + quantity);
  return [...lines].map(([lot, quantity]) => ({ lot, quantity }));
}

/** Whether lots chosen by hand come to exactly the numbers by type and term. */
export function sameNumbers(
  lines: readonly LotLine[],
  rows: readonly LotRow[],
  asked: readonly TermQuantity[],
): boolean {
  const found = new Map<string, number>();
  for (const line of lines) {
    const row = rows.find(({ lot }) => lot === line.lot);
    if (row === undefined) return false;
    const key = `${row.term}:${row.licence_type}`;
    found.set(key, (found.get(key) ?? 0) + line.quantity);
  }
  return (
    [...found.values()].every((quantity) => quantity > 0) &&
    found.size === asked.length &&
    asked.every(({ term, licence_type, quantity }) => found.get(`${term}:${licence_type}`) === quantity)
  );
}
