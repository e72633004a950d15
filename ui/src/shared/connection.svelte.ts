import { platform, type ConnectionState } from '$platform';

/** Whether what is shown still comes from the host (CUS-43): the one place that pages, the frame and the dashboard ask. */
class Connection {
  state = $state.raw<ConnectionState>({ kind: 'live' });

  get live(): boolean {
    return this.state.kind === 'live';
  }

  /** Follows the host's connection until the returned function is called. */
  follow(): () => void {
    const host = platform();
    this.state = host.connection();
    return host.onConnection(() => (this.state = host.connection()));
  }

  tryNow(): void {
    platform().reconnect();
  }
}
export const connection = new Connection();
