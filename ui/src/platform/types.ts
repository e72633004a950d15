// The one port to the host. Pages know this and nothing of Tauri, HTTP or cookies.

import type { Commands } from '$wire/commands';
import type {
  CertificateView,
  Event,
  FieldProblem,
  JoinedPlace,
  Language,
  Parameter,
  TransferId,
  Upload,
  WireError as WireFailure,
  WorkspaceState,
} from '$wire/types';

export type CommandName = keyof Commands;
export type Arguments<Name extends CommandName> = Commands[Name]['arguments'];
export type Reply<Name extends CommandName> = Commands[Name]['reply'];

/** Commands that answer bytes: packed ids, a picture. */
export type ByteCommand = {
  [Name in CommandName]: Reply<Name> extends Uint8Array ? Name : never;
}[CommandName];
/** Commands that answer JSON. */
export type JsonCommand = Exclude<CommandName, ByteCommand>;

/** What kind of file a person is asked for; decides what the dialog offers. */
export type FileKind = 'csv' | 'picture' | 'system' | 'package';

export type { Event, FieldProblem, TransferId, Upload };

/** A file whose bytes the page reads piece by piece. A browser's `File` is one. */
export interface Readable {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** The bytes from one place to another. */
  slice(from: number, to: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** Files that were dropped on the window where the web view does not hand them to the page (WebKitGTK). */
export interface Dropped {
  /** Where, in CSS pixels. */
  readonly x: number;
  readonly y: number;
  /** On this machine they come as the host knows them; in a joined workspace the page has them to be sent. */
  files(): Promise<readonly (Upload | Readable)[]>;
}

/** Whether the host answers; `live`: what it knows comes by itself. */
export type ConnectionState =
  | { readonly kind: 'live' }
  | {
      readonly kind: 'lost';
      /** When the host last answered: what is shown is as old as that. */
      readonly since: number;
      /** How often it has been tried in vain. */
      readonly attempts: number;
      /** When it is tried next; null: right now. */
      readonly next: number | null;
    };

export interface Platform {
  readonly kind: 'desktop' | 'web';
  /** Calls a command of the table. Rejects with a `WireError`, never with anything else. */
  call<Name extends JsonCommand>(name: Name, args: Arguments<Name>): Promise<Reply<Name>>;
  callBytes(name: ByteCommand, args: unknown): Promise<Uint8Array>;
  /** Listens to change events until the returned function is called. */
  subscribe(listener: (event: Event) => void): () => void;
  /** Told when events may have been missed (the line to the host was down): whoever caches asks again. */
  onReconnect(listener: () => void): () => void;
  /** Whether the host answers, as far as is known. */
  connection(): ConnectionState;
  /** Told whenever `connection` has changed. */
  onConnection(listener: () => void): () => void;
  /** Tries at once to reach a host that is lost. */
  reconnect(): void;
  /** Asks the person for a file and hands it to the host. Null: the person thought better of it. */
  pickFile(kind: FileKind): Promise<Upload | null>;
  /**
   * Asks the person for files of any size. On this machine they come as the host knows them, where they lie; in a browser
   * they are in the page's hands, and nothing was sent.
   */
  pickFiles(kind: FileKind): Promise<readonly (Upload | Readable)[]>;
  /** Told of files that the host took for the page, until the returned function is called. */
  onDropped(listener: (dropped: Dropped) => void): () => void;
  /** Hands a file that is already in the page's hands (dropped, or a piece of one) to the host. */
  uploadFile(file: File): Promise<Upload>;
  /** Saves what a command prepared. False: the person thought better of it. */
  saveDownload(download: TransferId, name: string): Promise<boolean>;
  /** Saves a text that the page has itself, such as a log, as a file of this name. */
  saveText(name: string, text: string): Promise<void>;
  /** Opens an address outside Flotilla; the desktop host opens only what the core has handed out. */
  openUrl(url: string): Promise<void>;
  /** Opens a page of Flotilla in a window of its own (UI-01). */
  openWindow(hash: string): Promise<void>;
  /** The shared workspace that was joined; null where the own one is in force, and in a browser. */
  joined(): Promise<JoinedPlace | null>;
  /**
   * Joins a shared workspace. Answers the certificate met there while `accept` is null; with the SHA-256 that a person
   * said yes to, joins and answers null (CRT-11).
   */
  join(address: string, port: number | null, accept: string | null): Promise<CertificateView | null>;
  /** Goes back to the own workspace. */
  leave(): Promise<void>;
  /** Opens a copy of the workspace at a date, or goes on to that date in one; the session goes on there (LIC-54). */
  goToDate(date: string): Promise<void>;
  /** Throws the copy away and goes back to the workspace. */
  leaveDate(): Promise<void>;
  /** Starts the demo fleet in a workspace that can be thrown away; its account speaks this language, and is signed in. */
  startDemo(language: Language): Promise<WorkspaceState>;
  /** Chooses (with confirmation) or gives the database password (ADM-04). */
  unlock(password: string, confirmation: string | null): Promise<WorkspaceState>;
  /** The token of a fresh session; a browser gets it as a cookie and is given null. */
  setSession(token: string | null): void;
}

/** Why a call failed. Words: `error-<code>`, with dots replaced by dashes (GEN-04). */
export class WireError extends Error {
  readonly code: WireFailure['code'];
  readonly params: Record<string, Parameter>;
  readonly fields: FieldProblem[];
  readonly retryable: boolean;
  readonly id: string;

  constructor(failure: Partial<WireFailure> & Pick<WireFailure, 'code'>) {
    super(failure.code);
    this.name = 'WireError';
    this.code = failure.code;
    this.params = (failure.params ?? {}) as Record<string, Parameter>;
    this.fields = failure.fields ?? [];
    this.retryable = failure.retryable ?? false;
    this.id = failure.id ?? '';
  }

  /** Makes a `WireError` of whatever a host threw, without ever looking into a text. */
  static from(thrown: unknown): WireError {
    if (thrown instanceof WireError) return thrown;
    const value = thrown as { error?: unknown; code?: unknown } | null;
    const inner = value !== null && typeof value === 'object' && 'error' in value ? value.error : value;
    if (inner !== null && typeof inner === 'object' && typeof (inner as WireFailure).code === 'string') {
      return new WireError(inner as WireFailure);
    }
    return new WireError({ code: 'host.unreachable', retryable: true });
  }
}
