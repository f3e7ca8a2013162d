/**
 * Numbers that look random and are the same for the same seed in every run and on every machine:
 * sfc32, whose 128 bits of state keep the ids of a million events apart (those of mulberry32 meet).
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private d = 1;

  constructor(seed: number, kind: number, place: number) {
    [this.a, this.b, this.c] = [seed | 0, kind | 0, place | 0];
    for (let i = 0; i < 15; i += 1) this.next();
  }

  /** An integer of 32 bits. */
  next(): number {
    const t = (((this.a + this.b) | 0) + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + t) | 0;
    return t >>> 0;
  }

  /** From 0 up to and without 1. */
  fraction(): number {
    return this.next() / 4_294_967_296;
  }

  /** An integer from 0 up to and without `most`. */
  below(most: number): number {
    return Math.floor(this.fraction() * most);
  }

  chance(share: number): boolean {
    return this.fraction() < share;
  }

  pick<T>(all: readonly T[]): T {
    return all[this.below(all.length)]!;
  }

  /** One of several by their weights, which need not sum to anything. */
  weighted<T>(all: readonly (readonly [T, weight: number])[]): T {
    let left = this.fraction() * all.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [it, weight] of all) {
      left -= weight;
      if (left < 0) return it;
    }
    return all.at(-1)![0];
  }

  /** Waiting times of what comes now and then, `mean` on average. */
  wait(mean: number): number {
    return -Math.log(1 - this.fraction()) * mean;
  }

  hex(digits: number): string {
    let text = '';
    while (text.length < digits) text += this.next().toString(16).padStart(8, '0');
    return text.slice(0, digits);
  }

  uuid(): string {
    const it = this.hex(32);
    return `${it.slice(0, 8)}-${it.slice(8, 12)}-8${it.slice(13, 16)}-a${it.slice(17, 20)}-${it.slice(20)}`;
  }
}
