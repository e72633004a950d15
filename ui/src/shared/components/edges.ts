import type { Attachment } from 'svelte/attachments';

/** On which sides of what is in view more of it lies. */
export interface More {
  before: boolean;
  after: boolean;
}

/** Browsers round widths and places apart from each other: less than this is nothing to scroll to. */
const ROUNDING = 1;

type Sideways = Pick<Element, 'scrollLeft' | 'scrollWidth' | 'clientWidth'>;

/** What lies beside the part that is in view. */
export const moreBeside = ({ scrollLeft, scrollWidth, clientWidth }: Sideways): More => ({
  before: scrollLeft > ROUNDING,
  after: scrollLeft + clientWidth < scrollWidth - ROUNDING,
});

type Sizes = Pick<Element, 'scrollWidth' | 'clientWidth' | 'scrollHeight' | 'clientHeight'>;

/** Whether there is more than is in view, in any direction. */
export const isScrolled = ({ scrollWidth, clientWidth, scrollHeight, clientHeight }: Sizes): boolean =>
  scrollWidth - clientWidth > ROUNDING || scrollHeight - clientHeight > ROUNDING;

/**
 * Follows an element that scrolls sideways, and marks the frame around it (class `edged`) on the sides where more lies.
 * `onchange`: whether it can be scrolled at all.
 */
export function edges(onchange?: (scrolled: boolean) => void): Attachment<HTMLElement> {
  return (owner) => {
    const frame = owner.parentElement;
    let left = 0;
    const mark = (): void => {
      left = owner.scrollLeft;
      const { before, after } = moreBeside(owner);
      frame?.setAttribute('data-more', [before && 'before', after && 'after'].filter(Boolean).join(' '));
      // The mark stands beside the scroll bars, not on them.
      frame?.style.setProperty('--bar-end', `${owner.offsetWidth - owner.clientWidth}px`);
      frame?.style.setProperty('--bar-below', `${owner.offsetHeight - owner.clientHeight}px`);
      onchange?.(isScrolled(owner));
    };
    const sizes = new ResizeObserver(mark);
    const observe = (): void => {
      sizes.disconnect();
      for (const one of [owner, ...owner.children]) sizes.observe(one);
    };
    // What it holds comes and goes; a part that is new changes its size as well.
    const parts = new MutationObserver(() => {
      observe();
      mark();
    });
    parts.observe(owner, { childList: true });
    // A list that runs up and down has nothing new at its sides.
    const scrolled = (): void => {
      if (owner.scrollLeft !== left) mark();
    };
    owner.addEventListener('scroll', scrolled, { passive: true });
    observe();
    mark();
    return () => {
      sizes.disconnect();
      parts.disconnect();
      owner.removeEventListener('scroll', scrolled);
      frame?.removeAttribute('data-more');
    };
  };
}
