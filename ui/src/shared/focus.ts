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

/** What a person works in, from the inside out. */
const PLACES = 'dialog[open], .panel, form, section, .page, main';

/**
 * For `{@attach keepFocus}`: what had the focus is gone, and nothing has taken it; the keyboard goes on where that stood, and not at the
 * beginning of the window (UI-03). A step that followed, a list without the row that was deleted, a page whose dialog has closed.
 */
export function keepFocus(root: HTMLElement): () => void {
  let last: HTMLElement | null = null;
  let places: HTMLElement[] = [];
  const remember = ({ target }: FocusEvent): void => {
    last = target instanceof HTMLElement ? target : null;
    places = [];
    for (let one = last?.parentElement; one; one = one.parentElement) if (one.matches(PLACES)) places.push(one);
  };
  const isLost = (): boolean =>
    last !== null &&
    !root.contains(last) &&
    (document.activeElement === document.body || document.activeElement === null);
  const look = (): void => {
    if (!isLost()) return;
    // Whoever has come in its place may take the focus by itself.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        if (!isLost()) return;
        last = null;
        const place = places.find((one) => root.contains(one) && one.matches(PLACES));
        const start = place === undefined ? root.querySelector<HTMLElement>('h1') : (startOf(place) ?? place);
        if (start === null) return;
        if (start.tabIndex < 0) start.tabIndex = -1;
        start.focus({ preventScroll: true });
      }),
    );
  };
  const startOf = (place: HTMLElement): HTMLElement | null =>
    place.querySelector<HTMLElement>('[role="grid"]') ?? place.querySelector<HTMLElement>('h1, h2, h3');
  const content = new MutationObserver(look);
  content.observe(root, { childList: true, subtree: true });
  root.addEventListener('focusin', remember);
  return () => {
    content.disconnect();
    root.removeEventListener('focusin', remember);
  };
}
