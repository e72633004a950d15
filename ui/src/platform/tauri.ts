import { invoke } from '@tauri-apps/api/core';
import { getCurrentWebviewWindow } from '@tauri-apps/api/webviewWindow';
import type { CertificateView, Event, JoinedPlace, Upload, WorkspaceState } from '$wire/types';
import { chooseFiles } from './choose-files';
import { Line } from './line';
import { saveText } from './save-file';
import { WireError, type Platform, type Readable } from './types';

/** What the shell says of a drop: its number, and where it was, as parts of the window's width and height. */
interface HostDrop {
  number: number;
  x: number;
  y: number;
}

/** The desktop shell: one Tauri command, `call`; the session's token lives in this module and nowhere else. */
export function tauriPlatform(): Platform {
  let session: string | null = null;

  const invoked = async (name: string, args: unknown): Promise<unknown> => {
    try {
      return await invoke<unknown>('call', { name, arguments: args, session });
    } catch (thrown) {
      throw WireError.from(typeof thrown === 'string' ? readJson(thrown) : thrown);
    }
  };
  // The own workspace is in this program and always answers; a shared one that was joined may be away.
  const line = new Line(async () => {
    await invoked('workspace.state', {});
  });
  line.watch();
  const ask = async (name: string, args: unknown): Promise<unknown> => {
    try {
      const reply = await invoked(name, args);
      line.answered();
      return reply;
    } catch (thrown) {
      if (WireError.from(thrown).code === 'host.unreachable') line.doubt();
      throw thrown;
    }
  };
  /** The shell answers JSON either as a value or as the bytes of its text. */
  const askJson = async <Value>(name: string, args: unknown): Promise<Value> => {
    const reply = await ask(name, args);
    const bytes = asBytes(reply);
    return (bytes === null ? reply : readJson(new TextDecoder().decode(bytes))) as Value;
  };

  /** The files of a drop: as the host knows them, or what the page reads of them to send it to a joined workspace. */
  const taken = async (number: number): Promise<readonly (Upload | Readable)[]> => {
    const files = await askJson<readonly (Upload | { name: string; size: number })[]>('host.take_dropped', { number });
    return files.map((known, file) => {
      if ('upload' in known) return known;
      const read = async (from: number, to: number): Promise<ArrayBuffer> => {
        const bytes = asBytes(await ask('host.read_dropped', { number, file, from, to }));
        if (bytes === null) throw new WireError({ code: 'host.answer-unreadable' });
        return bytes.slice().buffer;
      };
      return {
        ...known,
        slice: (from, to) => ({ arrayBuffer: () => read(from, Math.min(to, known.size)) }),
      } satisfies Readable;
    });
  };

  return {
    kind: 'desktop',
    call: (name, args) => askJson(name, args),
    async callBytes(name, args) {
      const bytes = asBytes(await ask(name, args));
      if (bytes === null) throw new WireError({ code: 'host.answer-unreadable' });
      return bytes;
    },
    subscribe(listener) {
      // What is told to this window alone; another one may show another account.
      const stop = getCurrentWebviewWindow().listen<Event>('flotilla', (message) => listener(message.payload));
      return () => void stop.then((unlisten) => unlisten());
    },
    onReconnect: (listener) => line.onReconnect(listener),
    connection: () => line.state,
    onConnection: (listener) => line.onChange(listener),
    reconnect: () => line.tryNow(),
    pickFile: (kind) => askJson<Upload | null>('host.pick_file', { kind }),
    async pickFiles(kind) {
      const place = await askJson<JoinedPlace | null>('host.joined', {});
      // A shared workspace is elsewhere: what is chosen stays in the page's hands, to be sent.
      return place === null ? askJson<Upload[]>('host.pick_files', { kind }) : chooseFiles(true);
    },
    onDropped(listener) {
      const stop = getCurrentWebviewWindow().listen<HostDrop>('flotilla-dropped', ({ payload: { number, x, y } }) =>
        listener({ x: x * innerWidth, y: y * innerHeight, files: () => taken(number) }),
      );
      return () => void stop.then((unlisten) => unlisten());
    },
    async uploadFile(file) {
      const headers = { name: encodeURIComponent(file.name), session: session ?? '' };
      try {
        const reply = await invoke<unknown>('upload', new Uint8Array(await file.arrayBuffer()), { headers });
        line.answered();
        const bytes = asBytes(reply);
        return (bytes === null ? reply : readJson(new TextDecoder().decode(bytes))) as Upload;
      } catch (thrown) {
        const error = WireError.from(typeof thrown === 'string' ? readJson(thrown) : thrown);
        if (error.code === 'host.unreachable') line.doubt();
        throw error;
      }
    },
    async saveDownload(download, name) {
      const { saved } = await askJson<{ saved: boolean }>('host.save_download', { download, name });
      return saved;
    },
    saveText,
    async openUrl(url) {
      await askJson('host.open_url', { url });
    },
    async openWindow(hash) {
      await askJson('host.open_window', { address: hash });
    },
    joined: () => askJson<JoinedPlace | null>('host.joined', {}),
    join: (address, port, accept) => askJson<CertificateView | null>('host.join', { address, port, accept }),
    async leave() {
      await askJson('host.leave', {});
    },
    async goToDate(date) {
      ({ session } = await askJson<{ session: string }>('host.go_to_date', { date }));
    },
    async leaveDate() {
      ({ session } = await askJson<{ session: string | null }>('host.leave_date', {}));
    },
    startDemo: (language) => askJson<WorkspaceState>('host.demo', { language }),
    unlock: (password, confirmation) => askJson<WorkspaceState>('workspace.unlock', { password, confirmation }),
    setSession(token) {
      session = token;
    },
  };
}

function asBytes(value: unknown): Uint8Array | null {
  if (value instanceof Uint8Array) return value;
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  return null;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new WireError({ code: 'host.answer-unreadable' });
  }
}
