import { setImmediate as turn } from 'node:timers/promises';
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

/**
 * Group commit: what arrives while one group is being committed goes out together in the next.
 * A group holds at most one append of a stream, so that each sees what the one before it left.
 */
export class GroupCommit {
  private waiting: Waiting[] = [];
  private running: Promise<void> | undefined;
  private closed = false;

  constructor(private readonly commit: CommitGroup) {}

  append(append: CheckedAppend): Promise<Appended> {
    if (this.closed) return Promise.reject(new StoreUnavailable('the event store is closed'));
    return new Promise((resolve) => {
      this.waiting.push({
        append,
        settle: (outcome) => resolve(Promise.resolve().then(outcome)),
      });
      this.running ??= this.run();
    });
  }

  /** Takes no more, and waits for what was taken. */
  async close(): Promise<void> {
    this.closed = true;
    await this.running;
  }

  private async run(): Promise<void> {
    // One turn of the event loop lets writers that were answered together come back together.
    await turn();
    while (this.waiting.length > 0) {
      const group = this.nextGroup();
      const outcomes = await this.commit(group.map(({ append }) => append));
      group.forEach(({ settle }, place) => settle(outcomes[place] ?? unanswered));
      await turn();
    }
    this.running = undefined;
  }

  private nextGroup(): readonly Waiting[] {
    const group: Waiting[] = [];
    const left: Waiting[] = [];
    const streams = new Set<string>();
    let bytes = 0;
    for (const waiting of this.waiting) {
      const { stream, size } = waiting.append;
      const fits = group.length < appendsOfGroup && bytes + size <= bytesOfGroup;
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
