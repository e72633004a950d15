// The pages are parts of their own, fetched when they are first opened or while nothing else is to be done.

import type { Component } from 'svelte';
import type { Route } from '$shared/app-types';

type Page = Component<{ params: Record<string, string> }>;

/** Between two parts where the browser does not say when it is idle (WebKit). In milliseconds. */
const PAUSE = 1_000;

/** What is here already needs no idle time. */
const here = new WeakSet<Route>();

/** Style sheets of parts that did not arrive: whoever loads a part asks for each of them once, whatever becomes of it. */
const lost = new Set<HTMLLinkElement>();
document.addEventListener(
  'error',
  ({ target }) => {
    if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') lost.add(target);
  },
  // The error of an element does not bubble.
  true,
);

async function fetchLostStyles(): Promise<void> {
  const again = [...lost].map((link) => {
    lost.delete(link);
    const fresh = link.cloneNode() as HTMLLinkElement;
    return new Promise<void>((resolve, reject) => {
      fresh.addEventListener('load', () => resolve());
      fresh.addEventListener('error', () => reject(new Error(`${fresh.href} did not arrive`)));
      link.replaceWith(fresh);
    });
  });
  await Promise.all(again);
}

/** Fetches the part of a page. It may be asked for again after it failed. */
export async function loadPage(route: Route): Promise<Page> {
  await fetchLostStyles();
  const page = await route.component();
  here.add(route);
  return page.default as Page;
}

function whenIdle(run: () => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const asked = requestIdleCallback(run);
    return () => cancelIdleCallback(asked);
  }
  const timer = setTimeout(run, PAUSE);
  return () => clearTimeout(timer);
}

/**
 * Fetches the parts that are not here yet, one after another in idle time, so that they are here when the server goes
 * away. Ends with the first that does not arrive, or when the returned function is called.
 */
export function loadOthers(routes: readonly Route[]): () => void {
  const missing = routes.filter((route) => !here.has(route));
  let stopped = false;
  let stopWaiting = (): void => undefined;
  const next = (): void => {
    const route = missing.shift();
    if (stopped || route === undefined) return;
    stopWaiting = whenIdle(() => {
      // Whoever opens the page is told what is wrong; with the connection all of this begins again.
      loadPage(route).then(next, () => undefined);
    });
  };
  next();
  return () => {
    stopped = true;
    stopWaiting();
  };
}
