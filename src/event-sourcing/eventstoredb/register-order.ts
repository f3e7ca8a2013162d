import { type Head, UnexpectedHistory } from '../event-store.js';
import { type LogPosition, positionText } from './position.js';

const wordsOfId = 4;

/** Bytes of one number in a chunk: position and time as doubles, and the id. */
export const bytesOfEntry = 32;

/**
 * The register's order as this process knows it: position, time and id of each number, 48 bytes an
 * event. EventStoreDB has one order over all streams of all its users; the number n is the place in
 * what is left of it when only the register's events are kept.
 */
export class RegisterOrder {
  private length = 0;
  private positions = new Float64Array(1_024);
  /** Running maximum of recordedAt, in milliseconds since 1970. */
  private times = new Float64Array(1_024);
  private ids = new Uint32Array(1_024 * wordsOfId);
  /** Open addressing: n + 1 at a place that follows from the id, 0 where nothing is. */
  private slots = new Int32Array(4_096);

  /** How many events there are; the next number. */
  get size(): number {
    return this.length;
  }

  get last(): LogPosition | undefined {
    return this.length === 0 ? undefined : this.positions[this.length - 1];
  }

  head(): Head | null {
    return this.length === 0 ? null : this.entry(this.length - 1);
  }

  entry(n: number): Head {
    const position = this.positions[n];
    if (position === undefined || n >= this.length) throw new RangeError(`no number ${n}`);
    return { n, position: positionText(position), at: this.timeOf(n) };
  }

  /** ISO 8601 in UTC. */
  timeOf(n: number): string {
    return new Date(this.times[n] ?? Number.NaN).toISOString();
  }

  positionOf(n: number): LogPosition | undefined {
    return n < this.length ? this.positions[n] : undefined;
  }

  idOf(n: number): string {
    const words = this.ids.subarray(n * wordsOfId, (n + 1) * wordsOfId);
    const hex = [...words].map((it) => it.toString(16).padStart(8, '0')).join('');
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      hex.slice(12, 16),
      hex.slice(16, 20),
      hex.slice(20),
    ].join('-');
  }

  /**
   * Takes the event that follows in the log.
   * @param recordedAt the writer's clock, ISO 8601
   * @returns its number
   * @throws UnexpectedHistory for a position that does not follow
   */
  add(position: LogPosition, recordedAt: string, id: string): number {
    return this.put(position, Date.parse(recordedAt), wordsOf(id));
  }

  /** Whether this number is the event with this id at this position: another server reuses positions. */
  isAt(n: number, { position, id }: { readonly position: LogPosition; readonly id: string }) {
    return this.positionOf(n) === position && this.hasId(n, wordsOf(id));
  }

  /** The number of the event at this position. */
  numberOf(position: LogPosition): number | undefined {
    const n = this.countUpTo(this.positions, position) - 1;
    return this.positions[n] === position ? n : undefined;
  }

  /** The number of the first event with this id. */
  holding(id: string): number | undefined {
    const words = wordsOf(id);
    const found = this.slots[this.slotOf(words)] ?? 0;
    return found === 0 ? undefined : found - 1;
  }

  /** The last number recorded by an instant. */
  at(instant: string): Head | null {
    const count = this.countUpTo(this.times, Date.parse(instant));
    return count === 0 ? null : this.entry(count - 1);
  }

  /** Numbers from one up to before another, in a form that `load` takes. */
  saved(from: number, to: number): Buffer {
    const bytes = Buffer.allocUnsafe((to - from) * bytesOfEntry);
    for (let n = from, place = 0; n < to; n += 1) {
      place = bytes.writeDoubleBE(this.positions[n] ?? Number.NaN, place);
      place = bytes.writeDoubleBE(this.times[n] ?? Number.NaN, place);
      for (let word = 0; word < wordsOfId; word += 1) {
        place = bytes.writeUInt32BE(this.ids[n * wordsOfId + word] ?? 0, place);
      }
    }
    return bytes;
  }

  /** @throws UnexpectedHistory where what was saved does not follow */
  load(bytes: Buffer): void {
    for (let place = 0; place + bytesOfEntry <= bytes.length; place += bytesOfEntry) {
      const words = [0, 1, 2, 3].map((word) => bytes.readUInt32BE(place + 16 + 4 * word));
      this.put(bytes.readDoubleBE(place), bytes.readDoubleBE(place + 8), words);
    }
  }

  private put(position: LogPosition, recorded: number, words: readonly number[]): number {
    const n = this.length;
    const before = n === 0 ? -1 : (this.positions[n - 1] ?? -1);
    if (!(position > before && Number.isSafeInteger(position)) || Number.isNaN(recorded)) {
      throw new UnexpectedHistory(`an event at ${position} comes after the one at ${before}`);
    }
    if (n === this.positions.length) this.grow();
    this.positions[n] = position;
    this.times[n] = n === 0 ? recorded : Math.max(recorded, this.times[n - 1] ?? recorded);
    this.ids.set(words, n * wordsOfId);
    const slot = this.slotOf(words);
    // An id that somebody stored twice stays with its first event.
    if (this.slots[slot] === 0) this.slots[slot] = n + 1;
    this.length = n + 1;
    return n;
  }

  private grow(): void {
    this.positions = doubled(this.positions);
    this.times = doubled(this.times);
    this.ids = doubled(this.ids);
    this.slots = new Int32Array(this.slots.length * 2);
    for (let n = 0; n < this.length; n += 1) {
      const slot = this.slotOf(this.ids.subarray(n * wordsOfId, (n + 1) * wordsOfId));
      if (this.slots[slot] === 0) this.slots[slot] = n + 1;
    }
  }

  /** Where the id is, or would be. At most half of the slots are taken. */
  private slotOf(words: ArrayLike<number>): number {
    const mask = this.slots.length - 1;
    let slot = ((words[0] ?? 0) ^ (words[3] ?? 0)) & mask;
    for (;;) {
      const found = this.slots[slot] ?? 0;
      if (found === 0 || this.hasId(found - 1, words)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  private hasId(n: number, words: ArrayLike<number>): boolean {
    for (let word = 0; word < wordsOfId; word += 1) {
      if (this.ids[n * wordsOfId + word] !== words[word]) return false;
    }
    return true;
  }

  /** How many of the first `length` values, which never fall, are at most this. */
  private countUpTo(values: Float64Array, most: number): number {
    let [low, high] = [0, this.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((values[middle] ?? Infinity) <= most) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function wordsOf(id: string): readonly number[] {
  const hex = id.replaceAll('-', '');
  return [0, 8, 16, 24].map((place) => Number.parseInt(hex.slice(place, place + 8), 16) >>> 0);
}

function doubled<T extends Float64Array | Uint32Array>(values: T): T {
  const more = new (values.constructor as new (length: number) => T)(values.length * 2);
  more.set(values);
  return more;
}
