// Asking and acting: svelte-query over the command table, kept fresh by the core's change events.

import { createQuery, QueryClient, type CreateQueryResult, type Query } from '@tanstack/svelte-query';
import { platform, WireError, type Arguments, type CommandName, type JsonCommand, type Reply } from '$platform';
import type { FeatureName } from '$wire/types';
import { focusProblem } from './focus';
import { problemOf } from './i18n';
import { session } from './session.svelte';

/** What stands before the dot of a command's name. */
type Group = CommandName extends infer Name ? (Name extends `${infer First}.${string}` ? First : never) : never;

/** Features whose changes make the answers of a group stale; a group of commands without an entry does not compile. */
const STALE_BY: Record<Group, readonly FeatureName[]> = {
  accounts: ['accounts'],
  activity: ['activity'],
  administration: ['preferences', 'accounts', 'customers', 'systems'],
  alarms: ['alarms'],
  archived_organizations: ['archived_organizations'],
  audit: ['audit'],
  connections: ['connections', 'customers', 'systems', 'alarms'],
  credential_sets: ['credential_sets'],
  customers: ['customers', 'connections', 'systems', 'alarms', 'imports'],
  dashboard: ['customers', 'connections', 'systems', 'alarms'],
  device_results: ['devices'],
  devices: ['devices', 'systems', 'repository'],
  // A search is followed by its own events, part by part.
  discovery: [],
  folders: ['organizations', 'systems'],
  invitations: ['members'],
  job_tasks: ['job_tasks'],
  // What became of systems is in the numbers of their jobs.
  jobs: ['jobs', 'job_tasks'],
  licence_catalogue: ['licences'],
  licence_endings: ['licences'],
  licence_history: ['licences'],
  licence_issuers: ['licences'],
  licence_lots: ['licences'],
  licences: ['licences', 'systems', 'organizations'],
  lists: ['lists'],
  members: ['members', 'organizations'],
  organizations: ['organizations', 'customers'],
  preferences: ['preferences'],
  profile: ['profile'],
  repository: ['repository'],
  search: [],
  session: ['profile', 'accounts'],
  systems: ['systems', 'alarms'],
  work: ['work'],
  workspace: [],
};

/** How often times that no event tells are asked again: that a system answered once more changes nothing else. */
export const AGAIN_AFTER = 15_000;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // Events say when an answer is stale; nothing is asked again because time passed or a window came forward.
      staleTime: Infinity,
      refetchOnWindowFocus: false,
      // What the browser thinks of the network says nothing of the host: a question fails instead of waiting for ever.
      networkMode: 'always',
      // A host that is known to be away is not asked over and over: when it is back, everything is.
      retry: (count, error) => count < 2 && WireError.from(error).retryable && platform().connection().kind === 'live',
    },
  },
});

/** Calls a command; a session that has ended covers the page instead of failing silently. */
export async function call<Name extends JsonCommand>(name: Name, args: Arguments<Name>): Promise<Reply<Name>> {
  try {
    return await platform().call(name, args);
  } catch (thrown) {
    throw noticed(thrown);
  }
}

/** Looks whether an error says that the session is over, and tells it to the frame. */
export function noticed(thrown: unknown): WireError {
  const error = WireError.from(thrown);
  if (error.code === 'session.ended' || error.code === 'session.missing') session.end();
  // Terms were set or a new password asked for meanwhile: the session says so, and the frame shows that page first.
  if (error.code === 'session.terms-not-accepted' || error.code === 'session.password-change-needed') {
    void session.refresh().catch(() => undefined);
  }
  return error;
}

export interface QueryOptions {
  enabled?: () => boolean;
  /** Features whose changes concern this answer, besides the ones the command's name stands for. */
  features?: FeatureName[];
  /** Keep showing the former answer while the next one is under way. */
  keep?: boolean;
  /** It shows times that no event tells: asked again every `AGAIN_AFTER` while the window is visible. */
  again?: boolean;
}

/** The answer to a query, fresh for as long as the component lives. */
export function useQuery<Name extends JsonCommand>(
  name: Name,
  args: () => Arguments<Name>,
  options: QueryOptions = {},
): CreateQueryResult<Reply<Name>, WireError> {
  const features = [...STALE_BY[name.split('.')[0] as Group], ...(options.features ?? [])];
  return createQuery<Reply<Name>, WireError>(
    () => {
      // What is asked is what the key says: whoever has the same key shares the question, and may ask another one later.
      const asked = args();
      return {
        queryKey: [name, asked],
        queryFn: () => call(name, asked),
        enabled: options.enabled?.() ?? true,
        meta: { features },
        // By itself a question tells only of what was read of it so far: a part that the page reads later, when another answer
        // has come, would stay what it was at the beginning.
        notifyOnChangeProps: 'all',
        refetchInterval: options.again === true ? AGAIN_AFTER : false,
        ...(options.keep === true ? { placeholderData: (former: Reply<Name> | undefined) => former as never } : {}),
      };
    },
    () => queryClient,
  );
}

/** Questions under way when what they ask about changed: their answer may be older than the change. */
const overtaken = new WeakSet<Query>();

queryClient.getQueryCache().subscribe((event) => {
  if (event.type !== 'updated' || (event.action.type !== 'success' && event.action.type !== 'error')) return;
  const { query } = event;
  // Shown it is all the same, or what changes all the time would never be seen; then it is asked again.
  if (query.state.fetchStatus === 'idle' && overtaken.delete(query)) makeStale((other) => other === query);
});

function makeStale(predicate: (query: Query) => boolean): void {
  for (const query of queryClient.getQueryCache().findAll({ predicate, fetchStatus: 'fetching' })) overtaken.add(query);
  void queryClient.invalidateQueries({ predicate }, { cancelRefetch: false });
}

/** Marks answers about a feature as stale; those on screen are asked again. */
export function invalidate(...features: FeatureName[]): void {
  makeStale((query) =>
    features.some((feature) => (query.meta?.features as FeatureName[] | undefined)?.includes(feature)),
  );
}

const SOON = 300;
const SELDOM = 3000;

/**
 * Follows the core's events for as long as the frame lives. The first change is shown at once; a fleet that changes
 * all the time is asked every three seconds, or the machine would never be idle.
 */
export function followEvents(): () => void {
  const waiting = new Set<FeatureName>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = 0;
  const flush = (): void => {
    timer = undefined;
    last = performance.now();
    invalidate(...waiting);
    waiting.clear();
  };
  const stop = platform().subscribe((event) => {
    if (event.kind === 'session_ended') {
      if (event.session === session.view?.id) session.end();
      return;
    }
    waiting.add(event.kind === 'work' ? 'work' : event.feature);
    timer ??= setTimeout(flush, Math.max(SOON, last + SELDOM - performance.now()));
  });
  const stopReconnect = platform().onReconnect(() => {
    // Whoever signs in again is told everything anew; until then nobody is told anything.
    if (!session.ended) void queryClient.invalidateQueries();
  });
  return () => {
    stop();
    stopReconnect();
    clearTimeout(timer);
  };
}

/** One act of a page: whether it runs, what went wrong, and the words under each field. */
export class Act<Name extends JsonCommand> {
  busy = $state(false);
  error = $state.raw<WireError | null>(null);
  readonly #name: Name;
  /** The latest that runs or waits. */
  #last: { asked: string; reply: Promise<Reply<Name> | null> } | null = null;

  constructor(name: Name) {
    this.#name = name;
  }

  /**
   * Null: it failed, and `error` says why. Nothing that is asked for while one runs is thrown away: the same again is the
   * one that runs (a second click), anything else comes after it.
   */
  run(args: Arguments<Name>): Promise<Reply<Name> | null> {
    const asked = JSON.stringify(args);
    if (this.#last?.asked === asked) return this.#last.reply;
    const before = this.#last?.reply;
    const reply = before === undefined ? this.#run(args) : before.then(() => this.#run(args));
    const last = { asked, reply };
    this.#last = last;
    this.busy = true;
    void reply.finally(() => {
      if (this.#last !== last) return;
      this.#last = null;
      this.busy = false;
    });
    return reply;
  }

  async #run(args: Arguments<Name>): Promise<Reply<Name> | null> {
    const pressed = document.activeElement;
    this.error = null;
    try {
      const reply = await call(this.#name, args);
      // Events tell of it, too, but a fleet that changes all the time makes them wait: who acted sees it at once.
      invalidate(...STALE_BY[this.#name.split('.')[0] as Group]);
      return reply;
    } catch (thrown) {
      this.error = WireError.from(thrown);
      // What is to be corrected has the focus, whichever form it is in.
      if (this.error.fields.length > 0) focusProblem(pressed);
      return null;
    }
  }

  problem(field: string): string | undefined {
    return problemOf(this.error?.fields ?? [], field);
  }

  clear(): void {
    this.error = null;
  }
}
