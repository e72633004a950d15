import type { Upload } from '$wire/types';
import { chooseFiles } from './choose-files';
import { EventSocket } from './event-socket';
import { Line } from './line';
import { saveFile, saveText } from './save-file';
import { WireError, type FileKind, type Platform } from './types';

const ACCEPT: Record<FileKind, string> = {
  csv: '.csv,text/csv,text/plain',
  picture: 'image/png,image/jpeg,image/webp',
  // What a system writes can be called anything.
  system: '',
  package: '',
};
/** A page of another origin cannot set this header without the server's leave. */
const GUARD = { 'X-Flotilla': '1' };

/** How long the server may take to say that it is there. */
const PATIENCE = 10_000;

/** The shared workspace: the same table over HTTPS; the session is a cookie no script can read. */
export function webPlatform(): Platform {
  /** What is under way ends with the connection it is asked over: nothing waits for ever. */
  let underWay = new AbortController();
  const request = (path: string, init: RequestInit): Promise<Response> =>
    fetch(path, { ...init, credentials: 'same-origin', headers: { ...GUARD, ...init.headers } });

  const events = new EventSocket({
    heard: () => line.answered(),
    closed: () => line.doubt(),
    // A server that answers and lets nobody listen has ended the session; whoever asks now is told so.
    refused: () => line.missed(),
  });
  const line = new Line(async () => {
    // Any answer says that it is there. A line that hangs ends with the try.
    const answer = await request('/call/workspace.state', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{}',
      signal: AbortSignal.timeout(PATIENCE),
    });
    // What is not read keeps its connection from the next question.
    await answer.arrayBuffer();
    await events.open();
  });
  let live = true;
  line.onChange(() => {
    const lost = live && line.state.kind === 'lost';
    live = line.state.kind === 'live';
    if (!lost) return;
    underWay.abort();
    underWay = new AbortController();
  });

  const send = async (path: string, init: RequestInit): Promise<Response> => {
    let response: Response;
    try {
      response = await request(path, { ...init, signal: underWay.signal });
    } catch {
      line.doubt();
      throw new WireError({ code: 'host.unreachable', retryable: true });
    }
    line.answered();
    if (response.ok) return response;
    let failure: unknown = null;
    try {
      failure = await response.json();
    } catch {
      // The body is not ours (a proxy's page): the status says enough.
    }
    throw WireError.from(failure);
  };
  const post = (name: string, args: unknown): Promise<Response> =>
    send(`/call/${name}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(args),
    });
  const postJson = async <Value>(name: string, args: unknown): Promise<Value> => {
    const response = await post(name, args);
    try {
      return (await response.json()) as Value;
    } catch {
      throw new WireError({ code: 'host.answer-unreadable' });
    }
  };
  const upload = async (file: File): Promise<Upload> => {
    const response = await send(`/upload?name=${encodeURIComponent(file.name)}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/octet-stream' },
      body: file,
    });
    return (await response.json()) as Upload;
  };

  let stopWatching = (): void => undefined;
  return {
    kind: 'web',
    call: (name, args) => postJson(name, args),
    async callBytes(name, args) {
      return new Uint8Array(await (await post(name, args)).arrayBuffer());
    },
    subscribe(listener) {
      if (events.listeners === 0) stopWatching = line.watch();
      const stop = events.subscribe(listener);
      return () => {
        stop();
        if (events.listeners === 0) stopWatching();
      };
    },
    onReconnect: (listener) => line.onReconnect(listener),
    connection: () => line.state,
    onConnection: (listener) => line.onChange(listener),
    reconnect: () => line.tryNow(),
    async pickFile(kind) {
      const [file] = await chooseFiles(false, ACCEPT[kind]);
      return file === undefined ? null : upload(file);
    },
    pickFiles: (kind) => chooseFiles(true, ACCEPT[kind]),
    // A browser hands what is dropped to the page.
    onDropped: () => () => undefined,
    uploadFile: upload,
    async saveDownload(download, name) {
      // Fetched like everything else: a file that is gone, or a server that is, is told, and not left to the browser.
      const response = await send(`/download/${download}`, { method: 'GET' });
      let content: Blob;
      try {
        content = await response.blob();
      } catch {
        line.doubt();
        throw new WireError({ code: 'host.unreachable', retryable: true });
      }
      saveFile(name, content);
      return true;
    },
    saveText,
    openUrl(url) {
      window.open(url, '_blank', 'noopener,noreferrer');
      return Promise.resolve();
    },
    openWindow(hash) {
      window.open(`${location.pathname}${hash}`, '_blank', 'noopener');
      return Promise.resolve();
    },
    joined: () => Promise.resolve(null),
    join: () => Promise.reject(new WireError({ code: 'host.only' })),
    leave: () => Promise.reject(new WireError({ code: 'host.only' })),
    goToDate: () => Promise.reject(new WireError({ code: 'host.only' })),
    leaveDate: () => Promise.reject(new WireError({ code: 'host.only' })),
    startDemo: () => Promise.reject(new WireError({ code: 'demo.unavailable' })),
    unlock: (password, confirmation) => postJson('workspace.unlock', { password, confirmation }),
    setSession: () => undefined,
  };
}
