import type { Attachment } from 'svelte/attachments';

const DELAY = 450;
let shown: HTMLElement | null = null;

/** Takes away the one that is shown. */
export function hideTip(): void {
  shown?.remove();
  shown = null;
}

/** Shows a text beside an element at once: for what is cut off and is come to by other keys than Tab. */
export function showTip(owner: Element, text: string): void {
  hideTip();
  const tip = document.createElement('div');
  tip.className = 'tip';
  // The owner has its name already: the tip is for eyes only.
  tip.setAttribute('aria-hidden', 'true');
  tip.textContent = text;
  Object.assign(tip.style, { position: 'fixed', zIndex: 'var(--z-toast)', maxWidth: '320px', pointerEvents: 'none' });
  (owner.closest('dialog') ?? document.body).append(tip);
  const place = owner.getBoundingClientRect();
  const size = tip.getBoundingClientRect();
  const left = Math.max(4, Math.min(place.left + place.width / 2 - size.width / 2, innerWidth - size.width - 4));
  const below = place.bottom + 6;
  const top = below + size.height > innerHeight - 4 ? place.top - size.height - 6 : below;
  Object.assign(tip.style, { left: `${left}px`, top: `${top}px` });
  shown = tip;
}

/** A tooltip: after a moment under the pointer, at once on keyboard focus, gone with Esc (WCAG 1.4.13). */
export function tip(text: string | undefined): Attachment {
  return (owner) => {
    if (text === undefined || text === '') return;
    // What is cut here can be read whole: the browser tests look for it.
    owner.setAttribute('data-tip', '');
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = (): void => {
      clearTimeout(timer);
      hideTip();
    };
    const events: [string, EventListener][] = [
      ['pointerenter', () => (timer = setTimeout(() => showTip(owner, text), DELAY))],
      ['pointerleave', stop],
      ['pointerdown', stop],
      ['focus', () => owner.matches(':focus-visible') && showTip(owner, text)],
      ['blur', stop],
      ['keydown', (event) => (event as KeyboardEvent).key === 'Escape' && stop()],
    ];
    for (const [name, listener] of events) owner.addEventListener(name, listener);
    return () => {
      stop();
      owner.removeAttribute('data-tip');
      for (const [name, listener] of events) owner.removeEventListener(name, listener);
    };
  };
}
