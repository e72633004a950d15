// Where the keyboard begins: in the first field of what has just come (UI-03).

const FIELDS = ['input:not([type="hidden"])', 'select', 'textarea']
  .map((field) => `${field}:not(:disabled, [tabindex="-1"])`)
  .join(', ');

/** The first field a person can fill in. Of a group of choices it is the one that is chosen. */
export function firstField(within: ParentNode): HTMLElement | null {
  const first = within.querySelector<HTMLInputElement>(FIELDS);
  if (first === null || first.type !== 'radio') return first;
  const chosen = [...within.querySelectorAll<HTMLInputElement>('input[type="radio"]:checked')];
  return chosen.find((radio) => radio.name === first.name && !radio.disabled) ?? first;
}

/** For `{@attach focusFirst}`: the form that has come begins in its first field. */
export function focusFirst(form: HTMLElement): void {
  firstField(form)?.focus();
}
