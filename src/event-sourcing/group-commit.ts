import type { CheckedAppend } from './numbered-group.js';
import { type Appended, StoreUnavailable } from './event-store.js';

/** What became of one append of a group; throws what its caller is to be told. */
export type Outcome = () => Appended | Promise<Appended>;

/** Stores a group in one transaction. Never rejects: each append has its own outcome, in order. */
export type CommitGroup = (group: readonly CheckedAppend[]) => Promise<readonly Outcome[]>;

interface Waiting {
  readonly append: CheckedAppend;
  readonly settle: (outcome: Outcome) => void;
}

const appendsOfGroup = 256;
const bytesOfGroup = 4 * 1024 * 1024;
/** From so many on, what waits goes out in two halves: one is written while the other is committed. */
const worthHalving = 16;

/**
 * Group commit: what arrives while groups are being committed goes out together in the next. Two are
 * under way at most. A group holds at most one append of a stream, so that each sees what the one
 * before it left.
 */
export class GroupCommit {
  private waiting: Waiting[] = [];
  private underWay = 0;
  private woken = false;
  private closed: (() => void) | undefined;

  constructor(private readonly commit: CommitGroup) {}

  append(append: CheckedAppend): Promise<Appended> {
    if (this.closed !== undefined) {
      return Promise.reject(new StoreUnavailable('the event store is closed'));
    }
    return new Promise((resolve) => {
      this.waiting.push({
        append,
        settle: (outcome) => resolve(Promise.resolve().then(outcome)),
      });
      this.wake();
    });
  }

  /** Takes no more, and waits for what was taken. */
  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.closed = resolve;
      this.wake();
    });
  }

  /** One turn of the event loop lets writers that were answered together come back together. */
  private wake(): void {
    if (this.woken) return;
    this.woken = true;
    setImmediate(() => {
      this.woken = false;
      this.sendWhatIsWorthIt();
    });
  }

  private sendWhatIsWorthIt(): void {
    const waiting = this.waiting.length;
    if (waiting === 0 && this.underWay === 0) this.closed?.();
    if (waiting === 0) return;
    if (this.underWay === 0) {
      void this.send(waiting < worthHalving ? waiting : Math.ceil(waiting / 2));
    }
    // A few appends wait for the group under way: each commit costs the same, however small.
    if (this.underWay === 1 && this.waiting.length >= worthHalving / 2) {
      void this.send(this.waiting.length);
    }
  }

  private async send(most: number): Promise<void> {
    const group = this.nextGroup(Math.min(most, appendsOfGroup));
    this.underWay += 1;
    const outcomes = await this.commit(group.map(({ append }) => append));
    this.underWay -= 1;
    group.forEach(({ settle }, place) => settle(outcomes[place] ?? unanswered));
    this.wake();
  }

  private nextGroup(most: number): readonly Waiting[] {
    const group: Waiting[] = [];
    const left: Waiting[] = [];
    const streams = new Set<string>();
    let bytes = 0;
    for (const waiting of this.waiting) {
      const { stream, size } = waiting.append;
      const fits = group.length < most && bytes + size <= bytesOfGroup;
      if (fits && !streams.has(stream)) {
        group.push(waiting);
        bytes += size;
      } else {
        left.push(waiting);
      }
      streams.add(stream);
    }
    this.waiting = left;
    return group;
  }
}

function unanswered(): never {
  throw new Error('a group was committed without an outcome for each of its appends');
}
