import { LeastLatelyUsed } from './kept/least-lately-used.js';
import { ownBytes } from './kept/own-bytes.js';
import type { Stamp } from './stamp.js';

/** An answer as JSON in UTF-8: it leaves as it is, and lies outside what the collector looks through. */
export class AnswerJson {
  constructor(readonly bytes: Buffer) {}

  static of(answer: object): AnswerJson {
    return new AnswerJson(Buffer.from(JSON.stringify(answer)));
  }

  get text(): string {
    return this.bytes.toString();
  }

  /** The answer itself, for what is made of it. */
  read<A>(): A {
    return JSON.parse(this.text) as A;
  }
}

/** Answers by everything they depend on: the same question at the same n has one answer. */
export class Answers {
  private readonly kept: LeastLatelyUsed<Buffer>;

  /** @param most bytes of all that is remembered */
  constructor(most = 64_000_000) {
    this.kept = new LeastLatelyUsed(most);
  }

  /** The rest of the answer, behind its stamp. */
  async of(key: string, answer: () => Promise<object>): Promise<Buffer> {
    const found = this.kept.get(key);
    if (found !== undefined) return found;
    const rest = ownBytes(JSON.stringify(await answer()));
    this.kept.set(key, rest, key.length + rest.length);
    return rest;
  }
}

/** The whole answer: the stamp, which says whether n is settled by now, and the rest. */
export function stamped(stamp: Stamp, rest: Buffer): AnswerJson {
  const head = Buffer.from(JSON.stringify(stamp));
  if (rest.length === EMPTY) return new AnswerJson(head);
  const bytes = Buffer.concat([head, rest.subarray(1)]);
  bytes[head.length - 1] = COMMA;
  return new AnswerJson(bytes);
}

const EMPTY = '{}'.length;
const COMMA = 0x2c;
