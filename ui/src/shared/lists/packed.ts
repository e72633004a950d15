// The order of a list as the core sends it: 16 bytes an id. A hundred thousand ids are 1.6 MB and stay bytes;
// text is made only of the ids in view (UI-27).

const SIZE = 16;
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export class PackedIds {
  readonly length: number;
  readonly #bytes: Uint8Array;
  #places: Map<string, number> | null = null;

  constructor(bytes: Uint8Array) {
    if (bytes.length % SIZE !== 0) throw new RangeError(`${bytes.length} bytes are no whole ids`);
    this.#bytes = bytes;
    this.length = bytes.length / SIZE;
  }

  static readonly none = new PackedIds(new Uint8Array());

  /** The UUID at a place, as text. */
  idAt(index: number): string {
    if (index < 0 || index >= this.length) throw new RangeError(`no id at ${index}`);
    let text = '';
    const start = index * SIZE;
    for (let offset = 0; offset < SIZE; offset += 1) {
      if (offset === 4 || offset === 6 || offset === 8 || offset === 10) text += '-';
      text += HEX[this.#bytes[start + offset] as number];
    }
    return text;
  }

  /** Ids from `start` up to, without, `end`. */
  slice(start: number, end: number): string[] {
    const ids: string[] = [];
    for (let index = Math.max(0, start); index < Math.min(end, this.length); index += 1) ids.push(this.idAt(index));
    return ids;
  }

  /** Where an id stands, or -1. The places are learnt at the first question and kept. */
  indexOf(id: string): number {
    if (this.#places === null) {
      this.#places = new Map();
      for (let index = 0; index < this.length; index += 1) this.#places.set(this.idAt(index), index);
    }
    return this.#places.get(id) ?? -1;
  }

  /** Those of them that are among others, in their order. */
  among(others: ReadonlySet<string>): PackedIds {
    const kept: number[] = [];
    for (let index = 0; index < this.length; index += 1) if (others.has(this.idAt(index))) kept.push(index);
    const bytes = new Uint8Array(kept.length * SIZE);
    kept.forEach((index, place) => {
      bytes.set(this.#bytes.subarray(index * SIZE, (index + 1) * SIZE), place * SIZE);
    });
    return new PackedIds(bytes);
  }

  /** Whether both hold the same ids in the same order. */
  equals(other: PackedIds): boolean {
    return this.length === other.length && this.#bytes.every((byte, index) => byte === other.#bytes[index]);
  }

  *[Symbol.iterator](): IterableIterator<string> {
    for (let index = 0; index < this.length; index += 1) yield this.idAt(index);
  }
}

/** The other way round, for tests and for the fake host. */
export function packIds(ids: readonly string[]): Uint8Array {
  const bytes = new Uint8Array(ids.length * SIZE);
  ids.forEach((id, index) => {
    const text = id.replaceAll('-', '');
    for (let offset = 0; offset < SIZE; offset += 1) {
      bytes[index * SIZE + offset] = Number.parseInt(text.slice(offset * 2, offset * 2 + 2), 16);
    }
  });
  return bytes;
}
