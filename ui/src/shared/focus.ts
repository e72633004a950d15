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

/**
 * Somebody pressed `pressed`, or Enter in it, and a field of the same form was refused: once its problem stands under it,
 * the keyboard goes on in that field (UI-03). Whoever went on to another element in the meantime stays there.
 */
export function focusProblem(pressed: Element | null): void {
  // A button below a form or at its head belongs to it by the form's id.
  const form = pressed instanceof HTMLButtonElement ? pressed.form : null;
  const within = form ?? pressed?.closest('form') ?? pressed?.closest('dialog, .panel, main') ?? null;
  requestAnimationFrame(() => {
    const { activeElement } = document;
    // A button that waits is disabled, and a disabled one loses the focus to the page.
    if (activeElement !== pressed && activeElement !== document.body && activeElement !== null) return;
    within?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  });
}

/** Where the keyboard goes on in a page that has come: at its list, or else at its heading. */
export const pageStart = (page: ParentNode): HTMLElement | null =>
  page.querySelector<HTMLElement>('[role="grid"]') ?? page.querySelector<HTMLElement>('h1');

/**
 * The keyboard goes on in the page that was opened (UI-03). A field, panel or dialog of it that has taken the focus by itself
 * keeps it. A page whose heading comes with its answer is waited for.
 */
export function enterPage(page: HTMLElement): void {
  const isTaken = (): boolean => {
    const { activeElement } = document;
    return (
      activeElement !== page && (page.contains(activeElement) || (activeElement?.closest('dialog') ?? null) !== null)
    );
  };
  const enter = (): boolean => {
    const start = pageStart(page);
    if (start === null) return false;
    if (start.tabIndex < 0) start.tabIndex = -1;
    start.focus({ preventScroll: true });
    return true;
  };
  if (isTaken() || enter()) return;
  page.focus({ preventScroll: true });
  const content = new MutationObserver(() => {
    if (document.activeElement !== page || enter()) content.disconnect();
  });
  content.observe(page, { childList: true, subtree: true });
}
