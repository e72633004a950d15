// Two people changed the same thing: what goes together by itself, and what somebody has to choose. Pure.

/** A field that both changed, each to something else. */
export interface Clash<Form, Field extends keyof Form = keyof Form> {
  field: Field;
  /** What it was when both began. */
  base: Form[Field];
  theirs: Form[Field];
  mine: Form[Field];
}

export interface Merge<Form> {
  /** Their changes and mine. Where they clash it holds mine: nothing that was typed is thrown away. */
  merged: Form;
  clashes: Clash<Form>[];
  /** Fields that only they changed. */
  theirs: (keyof Form)[];
  /** Fields that only I changed. */
  mine: (keyof Form)[];
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The three-way merge, field by field. */
export function merge<Form extends object>(base: Form, theirs: Form, mine: Form): Merge<Form> {
  const result: Merge<Form> = { merged: { ...mine }, clashes: [], theirs: [], mine: [] };
  for (const field of Object.keys(mine) as (keyof Form)[]) {
    const byThem = !same(base[field], theirs[field]);
    const byMe = !same(base[field], mine[field]);
    if (byThem && byMe && !same(theirs[field], mine[field])) {
      result.clashes.push({ field, base: base[field], theirs: theirs[field], mine: mine[field] });
    } else if (byThem && !byMe) {
      result.merged[field] = theirs[field];
      result.theirs.push(field);
    } else if (byMe && !byThem) {
      result.mine.push(field);
    }
  }
  return result;
}
