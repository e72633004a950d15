import { merge, type Merge } from './merge';

export type Side = 'theirs' | 'mine';

/** A form whose thing somebody else saved meanwhile: what was chosen of what both changed. */
export class ConflictState<Form extends object> {
  merge = $state.raw<Merge<Form> | null>(null);
  #chosen = $state.raw<ReadonlyMap<keyof Form, Side>>(new Map());

  /** So many fields still wait for a choice; nothing is saved before. */
  get undecided(): number {
    return this.merge?.clashes.filter(({ field }) => !this.#chosen.has(field)).length ?? 0;
  }

  chosen(field: keyof Form): Side | null {
    return this.#chosen.get(field) ?? null;
  }

  /** Takes what they saved together with what was typed; answers what the form holds now. */
  meet(base: Form, theirs: Form, mine: Form): Form {
    this.merge = merge(base, theirs, mine);
    this.#chosen = new Map();
    return this.merge.merged;
  }

  /** The value of a field that was chosen. */
  choose<Field extends keyof Form>(field: Field, side: Side): Form[Field] | undefined {
    this.#chosen = new Map(this.#chosen).set(field, side);
    const clash = this.merge?.clashes.find((one) => one.field === field);
    return clash?.[side] as Form[Field] | undefined;
  }

  /** It is saved, or given up. */
  close(): void {
    this.merge = null;
    this.#chosen = new Map();
  }
}
