// The expiry calendar by months (LIC-75).

/** A month, or all that lies after the last one. */
export interface Month {
  /** `2026-02`; `later`. */
  key: string;
  /** Its first day, or today in the month that runs. */
  from: string;
  /** Its last day; null: without an end. */
  to: string | null;
}

const iso = (year: number, month: number, day: number): string =>
  new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);

/** The months from today's on, and what lies after them. */
export function monthsFrom(today: string, count: number): Month[] {
  const [year = 0, month = 1] = today.split('-').map(Number);
  const months = Array.from({ length: count }, (_, place): Month => {
    const first = iso(year, month - 1 + place, 1);
    return { key: first.slice(0, 7), from: place === 0 ? today : first, to: iso(year, month + place, 0) };
  });
  return [...months, { key: 'later', from: iso(year, month - 1 + count, 1), to: null }];
}
