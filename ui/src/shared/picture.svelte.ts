import { platform } from '$platform';

/** The picture of an account as an address for `<img>`, freed when it is no longer shown. */
export class Picture {
  address = $state<string | null>(null);
  #asked = 0;

  /** Reads it anew; without one there is none. */
  async load(account: string, has: boolean): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const bytes = has ? await platform().callBytes('accounts.avatar', { id: account }) : null;
    // An answer that a later question has overtaken.
    if (asked !== this.#asked) return;
    this.free();
    this.address =
      bytes === null || bytes.length === 0
        ? null
        : URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: 'image/png' }));
  }

  free(): void {
    if (this.address !== null) URL.revokeObjectURL(this.address);
    this.address = null;
  }
}
