// What the history calls things (LIC-62).

import { has, t } from '$shared/i18n';

/** What happened. */
export function kindWords(kind: string): string {
  const key = `choice-licence_history-kind-${kind}`;
  return has(key) ? t(key) : kind;
}

/** The page that something was asked for on; one without words, or another program's, shows its name. */
export function screenWords(screen: string): string {
  const key = `licences-screen-${screen}`;
  return /^[a-z-]+$/.test(screen) && has(key) ? t(key) : screen;
}
