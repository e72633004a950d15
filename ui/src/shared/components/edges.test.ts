import { expect, it } from 'vitest';
import { isScrolled, moreBeside } from './edges';

/** UI-05: what is wider than its place says on which side there is more. */
it('marks the sides on which more lies, and none for a part of a pixel', () => {
  const wide = { scrollWidth: 900, clientWidth: 600 };
  expect(moreBeside({ ...wide, scrollLeft: 0 })).toEqual({ before: false, after: true });
  expect(moreBeside({ ...wide, scrollLeft: 120 })).toEqual({ before: true, after: true });
  expect(moreBeside({ ...wide, scrollLeft: 299.5 })).toEqual({ before: true, after: false });
  expect(moreBeside({ scrollWidth: 601, clientWidth: 600, scrollLeft: 0 })).toEqual({ before: false, after: false });
});

/** UI-03: what can be scrolled can be reached by keyboard. */
it('is scrolled as soon as some of it is out of view', () => {
  const whole = { scrollWidth: 600, clientWidth: 600, scrollHeight: 200, clientHeight: 200 };
  expect(isScrolled(whole)).toBe(false);
  expect(isScrolled({ ...whole, scrollWidth: 640 })).toBe(true);
  expect(isScrolled({ ...whole, scrollHeight: 260 })).toBe(true);
});
