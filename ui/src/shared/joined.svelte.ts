import { platform } from '$platform';
import type { CertificateView, JoinedPlace } from '$wire/types';

/** The shared workspace that this installation works in instead of its own, if any (ADM-30). Only on the desktop. */
class Joined {
  place = $state.raw<JoinedPlace | null>(null);
  /** Grows when another workspace answers than before: the page begins anew. */
  exchanges = $state(0);

  /** Where it is, as a person would type it. */
  get name(): string {
    if (this.place === null) return '';
    const { host, port } = this.place;
    return `${host.includes(':') ? `[${host}]` : host}:${port}`;
  }

  async refresh(): Promise<void> {
    this.place = await platform().joined();
  }

  /** First without `accept`, for the certificate; with its SHA-256 the workspace is joined, and the answer is null. */
  async join(address: string, port: number | null, accept: string | null): Promise<CertificateView | null> {
    const certificate = await platform().join(address, port, accept);
    if (certificate === null) this.exchanges += 1;
    return certificate;
  }

  async leave(): Promise<void> {
    await platform().leave();
    this.exchanges += 1;
  }
}
export const joined = new Joined();
