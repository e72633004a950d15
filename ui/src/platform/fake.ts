import type { CertificateView, Event, JoinedPlace, Upload } from '$wire/types';
import {
  WireError,
  type Arguments,
  type CommandName,
  type ConnectionState,
  type Dropped,
  type Platform,
  type Readable,
  type Reply,
} from './types';

export type Handlers = { [Name in CommandName]?: (args: Arguments<Name>) => Reply<Name> | Promise<Reply<Name>> };

/** A host in memory for component tests: answers what a test gives it, remembers what it was asked. */
export class FakePlatform implements Platform {
  readonly kind: 'desktop' | 'web';
  readonly calls: { name: string; args: unknown }[] = [];
  readonly opened: string[] = [];
  readonly saved: string[] = [];
  readonly joins: [string, number | null, string | null][] = [];
  upload: Upload | null = null;
  place: JoinedPlace | null = null;
  /** What is met at the place that is joined, or why it cannot be. */
  met: CertificateView | WireError = new WireError({ code: 'host.only' });
  session: string | null = null;
  /** How often somebody wanted the connection back. */
  reconnects = 0;
  #connection: ConnectionState = { kind: 'live' };
  #connectionListeners = new Set<() => void>();
  #reconnected = new Set<() => void>();
  #handlers: Handlers;
  #listeners = new Set<(event: Event) => void>();
  #dropListeners = new Set<(dropped: Dropped) => void>();

  constructor(handlers: Handlers = {}, kind: 'desktop' | 'web' = 'web') {
    this.#handlers = handlers;
    this.kind = kind;
  }

  on<Name extends CommandName>(
    name: Name,
    handler: (args: Arguments<Name>) => Reply<Name> | Promise<Reply<Name>>,
  ): this {
    this.#handlers = { ...this.#handlers, [name]: handler };
    return this;
  }

  /** Every call of one command, in order. */
  callsOf<Name extends CommandName>(name: Name): Arguments<Name>[] {
    return this.calls.filter((call) => call.name === name).map((call) => call.args as Arguments<Name>);
  }

  async #answer(name: CommandName, args: unknown): Promise<unknown> {
    this.calls.push({ name, args: structuredClone(args) });
    const handler = this.#handlers[name] as ((args: unknown) => unknown) | undefined;
    if (handler === undefined) throw new WireError({ code: 'call.unknown', params: { name } });
    return await handler(args);
  }

  call: Platform['call'] = (name, args) => this.#answer(name, args) as never;
  callBytes: Platform['callBytes'] = (name, args) => this.#answer(name, args) as Promise<Uint8Array>;

  subscribe(listener: (event: Event) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
  emit(event: Event): void {
    this.#listeners.forEach((listener) => listener(event));
  }
  onReconnect(listener: () => void): () => void {
    this.#reconnected.add(listener);
    return () => void this.#reconnected.delete(listener);
  }
  connection(): ConnectionState {
    return this.#connection;
  }
  onConnection(listener: () => void): () => void {
    this.#connectionListeners.add(listener);
    return () => void this.#connectionListeners.delete(listener);
  }
  reconnect(): void {
    this.reconnects += 1;
  }
  /** The connection is lost, or back. */
  connect(state: ConnectionState): void {
    const back = this.#connection.kind === 'lost' && state.kind === 'live';
    this.#connection = state;
    this.#connectionListeners.forEach((listener) => listener());
    if (back) this.#reconnected.forEach((listener) => listener());
  }
  pickFile(): Promise<Upload | null> {
    return Promise.resolve(this.upload);
  }
  pickFiles(): Promise<readonly (Upload | Readable)[]> {
    return Promise.resolve(this.upload === null ? [] : [this.upload]);
  }
  onDropped(listener: (dropped: Dropped) => void): () => void {
    this.#dropListeners.add(listener);
    return () => void this.#dropListeners.delete(listener);
  }
  /** The host takes files that were dropped on the window. */
  drop(dropped: Dropped): void {
    this.#dropListeners.forEach((listener) => listener(dropped));
  }
  uploadFile(file: File): Promise<Upload> {
    return Promise.resolve({ upload: 'upload', name: file.name, size: file.size });
  }
  saveDownload(download: string): Promise<boolean> {
    this.saved.push(download);
    return Promise.resolve(true);
  }
  /** The files that were made of texts, by name. */
  readonly texts = new Map<string, string>();
  saveText(name: string, text: string): Promise<void> {
    this.texts.set(name, text);
    return Promise.resolve();
  }
  openUrl(url: string): Promise<void> {
    this.opened.push(url);
    return Promise.resolve();
  }
  openWindow(hash: string): Promise<void> {
    this.opened.push(hash);
    return Promise.resolve();
  }
  joined(): Promise<JoinedPlace | null> {
    return Promise.resolve(this.place);
  }
  join(address: string, port: number | null, accept: string | null): Promise<CertificateView | null> {
    this.joins.push([address, port, accept]);
    if (this.met instanceof WireError) return Promise.reject(this.met);
    if (accept === null) return Promise.resolve(this.met);
    this.place = { host: address, port: port ?? 0, sha256: accept };
    return Promise.resolve(null);
  }
  leave(): Promise<void> {
    this.place = null;
    return Promise.resolve();
  }
  /** The dates that were gone to; null: the copy was left. */
  readonly dates: (string | null)[] = [];
  goToDate(date: string): Promise<void> {
    this.dates.push(date);
    return Promise.resolve();
  }
  leaveDate(): Promise<void> {
    this.dates.push(null);
    return Promise.resolve();
  }
  startDemo(): Promise<never> {
    return Promise.reject(new WireError({ code: 'demo.unavailable' }));
  }
  unlock(): Promise<never> {
    return Promise.reject(new WireError({ code: 'host.only' }));
  }
  setSession(token: string | null): void {
    this.session = token;
  }
}
