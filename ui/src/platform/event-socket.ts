// The server's events: one line for a window, however many listen.

import type { Event } from '$wire/types';

/** What a socket tells whoever keeps it open. */
interface Keeper {
  /** An event came. */
  heard: () => void;
  /** It was open, and is no more. */
  closed: () => void;
  /** The server answers, but lets nobody listen. */
  refused: () => void;
}

/** Open while anybody listens; whoever keeps it opens it again after a break. */
export class EventSocket {
  #socket: WebSocket | null = null;
  #opening: Promise<void> | null = null;
  /** Nobody could listen since it was open last; told once. */
  #refused = false;
  readonly #listeners = new Set<(event: Event) => void>();
  readonly #keeper: Keeper;

  constructor(keeper: Keeper) {
    this.#keeper = keeper;
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  subscribe(listener: (event: Event) => void): () => void {
    this.#listeners.add(listener);
    if (this.#socket === null) this.#connect(false).catch(() => this.#keeper.closed());
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      const socket = this.#socket;
      this.#socket = null;
      this.#opening = null;
      this.#refused = false;
      socket?.close();
    };
  }

  /** Asked of a server that answers: resolves once it is open; at once where nobody listens. */
  open(): Promise<void> {
    if (this.#listeners.size === 0 || this.#socket?.readyState === WebSocket.OPEN) return Promise.resolve();
    return this.#opening ?? this.#connect(true);
  }

  #connect(answers: boolean): Promise<void> {
    const address = new URL('/events', location.href);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    address.hash = '';
    const socket = new WebSocket(address);
    this.#socket = socket;
    this.#opening = new Promise((resolve, reject) => {
      let opened = false;
      socket.addEventListener('open', () => {
        opened = true;
        this.#opening = null;
        this.#refused = false;
        resolve();
      });
      socket.addEventListener('message', (message) => this.#tell(String(message.data)));
      socket.addEventListener('close', () => {
        reject(new Error('the line for events is closed'));
        if (socket !== this.#socket) return;
        this.#socket = null;
        this.#opening = null;
        if (opened) this.#keeper.closed();
        else if (answers && !this.#refused) {
          this.#refused = true;
          this.#keeper.refused();
        }
      });
    });
    return this.#opening;
  }

  #tell(text: string): void {
    this.#keeper.heard();
    let event: Event;
    try {
      event = JSON.parse(text) as Event;
    } catch {
      // Not one of ours; the next one will be.
      return;
    }
    this.#listeners.forEach((listener) => listener(event));
  }
}
