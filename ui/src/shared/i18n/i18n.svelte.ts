// Words and formats (GEN-05, GEN-06). `t` and the format functions read reactive state: whatever a component
// shows through them is drawn anew when the language or the zone changes, without a reload (ACC-06).

import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import type { Language } from '$wire/types';

export const LANGUAGES: readonly Language[] = ['en', 'fr', 'ja'];
/** Each language by its own name, so that everyone finds theirs. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', fr: 'Français', ja: '日本語' };

const files = import.meta.glob<string>('../../../locales/*.ftl', { query: '?raw', import: 'default' });
const bundles = new Map<Language, FluentBundle>();

class Localization {
  language = $state<Language>('en');
  /** IANA name of the zone the viewer reads times in. */
  zone = $state(Intl.DateTimeFormat().resolvedOptions().timeZone);
  bundle = $state.raw<FluentBundle | null>(null);
  english = $state.raw<FluentBundle | null>(null);
}
export const localization = new Localization();

/** What the machine says, as far as we speak it. */
export function preferredLanguage(wanted: readonly string[] = navigator.languages): Language {
  for (const tag of wanted) {
    const known = LANGUAGES.find((language) => tag.toLowerCase().split('-')[0] === language);
    if (known !== undefined) return known;
  }
  return 'en';
}

export function makeBundle(language: Language, source: string): FluentBundle {
  // Isolation marks are for mixed directions; none of our languages runs right to left.
  const bundle = new FluentBundle(language, { useIsolating: false });
  bundle.addResource(new FluentResource(source));
  return bundle;
}

async function load(language: Language): Promise<FluentBundle> {
  const known = bundles.get(language);
  if (known !== undefined) return known;
  const read = files[`../../../locales/${language}.ftl`];
  if (read === undefined) throw new Error(`no words for ${language}`);
  const bundle = makeBundle(language, await read());
  bundles.set(language, bundle);
  return bundle;
}

/** How often a language was chosen. */
let chosen = 0;

/** Switches every word on screen. English stays at hand for a word that a language might lack. */
export async function setLanguage(language: Language): Promise<void> {
  chosen += 1;
  const own = chosen;
  const [bundle, english] = await Promise.all([load(language), load('en')]);
  // Another one was chosen meanwhile, such as that of who is signed in.
  if (own !== chosen) return;
  localization.bundle = bundle;
  localization.english = english;
  localization.language = language;
  document.documentElement.lang = language;
}

/** None: the machine's zone. An unknown name is ignored. */
export function setZone(zone: string | null): void {
  const machine = Intl.DateTimeFormat().resolvedOptions().timeZone;
  try {
    localization.zone =
      zone === null ? machine : new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    localization.zone = machine;
  }
}

export type Words = Record<string, FluentVariable>;

type Pattern = Parameters<FluentBundle['formatPattern']>[0];
/** Every cell of a list asks for words: what a key stands for is looked for once. */
const patterns = new WeakMap<FluentBundle, Map<string, Pattern | null>>();

function patternOf(bundle: FluentBundle, key: string): Pattern | null {
  let known = patterns.get(bundle);
  if (known === undefined) patterns.set(bundle, (known = new Map()));
  let pattern = known.get(key);
  if (pattern === undefined) {
    const [name, attribute] = key.split('.', 2) as [string, string | undefined];
    const message = bundle.getMessage(name);
    pattern = (attribute === undefined ? message?.value : message?.attributes[attribute]) ?? null;
    known.set(key, pattern);
  }
  return pattern;
}

function lookUp(bundle: FluentBundle | null, key: string, args: Words | undefined): string | null {
  if (bundle === null) return null;
  const pattern = patternOf(bundle, key);
  if (pattern === null || typeof pattern === 'string') return pattern;
  return bundle.formatPattern(pattern, args ?? null, []);
}

/** The words of `key` (or of its attribute, `key.attribute`) in the language in force. */
export function t(key: string, args?: Words): string {
  return lookUp(localization.bundle, key, args) ?? lookUp(localization.english, key, args) ?? key;
}

/** Whether there are words for a key: for what not every code has, such as an error's `.action`. */
export function has(key: string): boolean {
  return lookUp(localization.bundle, key, undefined) !== null || lookUp(localization.english, key, undefined) !== null;
}
