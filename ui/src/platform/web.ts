import type { Event, Upload } from '$wire/types';
import { WireError, type FileKind, type Platform } from './types';

const ACCEPT: Record<FileKind, string> = {
  csv: '.csv,text/csv,text/plain',
  picture: 'image/png,image/jpeg,image/webp',
};
/** A page of another origin cannot set this header without the server's leave. */
const GUARD = { 'X-Flotilla': '1' };

/** The shared workspace: the same table over HTTPS; the session is a cookie no script can read. */
export function webPlatform(): Platform {
  const reconnected = new Set<() => void>();

  const send = async (path: string, init: RequestInit): Promise<Response> => {
    let response: Response;
    try {
      response = await fetch(path, { ...init, credentials: 'same-origin', headers: { ...GUARD, ...init.headers } });
    } catch {
      throw new WireError({ code: 'host.unreachable', retryable: true });
    }
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

  return {
    kind: 'web',
    call: (name, args) => postJson(name, args),
    async callBytes(name, args) {
      return new Uint8Array(await (await post(name, args)).arrayBuffer());
    },
    subscribe(listener) {
      return openEvents(listener, () => reconnected.forEach((handler) => handler()));
    },
    onReconnect(listener) {
      reconnected.add(listener);
      return () => void reconnected.delete(listener);
    },
    async pickFile(kind) {
      const file = await chooseFile(ACCEPT[kind]);
      return file === null ? null : upload(file);
    },
    uploadFile: upload,
    saveDownload(download, name) {
      const link = document.createElement('a');
      link.href = `/download/${download}`;
      link.download = name;
      link.click();
      return Promise.resolve(true);
    },
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
    startDemo: () => Promise.reject(new WireError({ code: 'demo.unavailable' })),
    unlock: (password, confirmation) => postJson('workspace.unlock', { password, confirmation }),
    setSession: () => undefined,
  };
}

function chooseFile(accept: string): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = accept;
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null));
    input.addEventListener('cancel', () => resolve(null));
    input.click();
  });
}

/** Keeps a line to the server's events; after a break it tries again, ever more slowly up to half a minute. */
function openEvents(listener: (event: Event) => void, reconnected: () => void): () => void {
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = 500;
  let opened = false;
  let stopped = false;

  const connect = (): void => {
    const address = new URL('/events', location.href);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    address.hash = '';
    socket = new WebSocket(address);
    socket.addEventListener('open', () => {
      wait = 500;
      if (opened) reconnected();
      opened = true;
    });
    socket.addEventListener('message', (message) => {
      try {
        listener(JSON.parse(String(message.data)) as Event);
      } catch {
        // Not one of ours; the next one will be.
      }
    });
    socket.addEventListener('close', () => {
      if (stopped) return;
      timer = setTimeout(connect, wait);
      wait = Math.min(wait * 2, 30_000);
    });
  };
  connect();
  return () => {
    stopped = true;
    clearTimeout(timer);
    socket?.close();
  };
}
