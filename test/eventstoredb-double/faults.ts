import type { StatusObject } from '@grpc/grpc-js';

import { accessDenied, cancelled, unavailable } from './statuses.js';

/** What a client can ask: each append of a batch counts as an append of its own. */
export type CallKind = 'append' | 'read' | 'subscription' | 'gossip' | 'features';

/** Which calls a fault meets: all kinds when none are named, every call until cleared without `times`. */
export interface Aim {
  readonly calls?: readonly CallKind[];
  readonly times?: number;
}

/** Before anything is done: answer with a status, wait, or nothing at all until the faults are cleared. */
type Gate = { readonly refuse: () => StatusObject } | { readonly wait: () => number } | 'silence';

/** After the commit: a late answer (ms), none on a cut line, or a status instead of it. */
export type Tail = { readonly late: number } | { readonly lose: StatusObject } | 'cut';

/** In the middle of a read or subscription, after so many of its events. */
export interface Limit {
  readonly after: number;
  readonly what: 'silence' | 'end' | 'cut' | StatusObject;
}

interface Armed<T> {
  readonly fault: T;
  readonly aim: Aim;
  left: number;
}

/** The faults of one double; each is armed by its own word, `clear` ends them all. */
export class Faults {
  /** How many calls have met a fault so far. */
  struck = 0;
  private gates: Armed<Gate>[] = [];
  private tails: Armed<Tail>[] = [];
  private limits: Armed<Limit>[] = [];
  private hushed = false;
  private release = () => {};
  private cleared = this.untilCleared();

  /** New calls are accepted and never answered. */
  silent(aim: Aim = {}): void {
    arm(this.gates, 'silence', aim);
  }

  /** Nothing is answered any more, running reads and subscriptions included; pings still are. */
  hush(): void {
    this.hushed = true;
  }

  /** Calls end with this status before anything is done. */
  refuse(status: StatusObject = unavailable(), aim: Aim = {}): void {
    arm(this.gates, { refuse: () => status }, aim);
  }

  denyAccess(aim: Aim = {}): void {
    arm(this.gates, { refuse: accessDenied }, aim);
  }

  /** Some appends wait so many ms before they commit; the seed makes the choice repeatable. */
  slowCommits(fault: { ms: number; probability: number; seed: number }): void {
    const random = seeded(fault.seed);
    const wait = () => (random() < fault.probability ? fault.ms : 0);
    arm(this.gates, { wait }, { calls: ['append'] });
  }

  /** Appends are committed at once, their answers come so many ms later. */
  replyLate(ms: number, times = Infinity): void {
    arm(this.tails, { late: ms }, { times });
  }

  /** Appends are committed, their answers lost: the call ends with a status, or its line is cut. */
  loseReply(how: 'unavailable' | 'cancelled' | 'cut', times = Infinity): void {
    const lost: Tail =
      how === 'cut' ? 'cut' : { lose: how === 'cancelled' ? cancelled() : unavailable() };
    arm(this.tails, lost, { times });
  }

  /** Reads and subscriptions fall silent after so many events. */
  silentAfter(events: number, aim: Aim = {}): void {
    arm(this.limits, { after: events, what: 'silence' }, aim);
  }

  /** Reads and subscriptions end after so many events as if that were all. */
  endAfter(events: number, aim: Aim = {}): void {
    arm(this.limits, { after: events, what: 'end' }, aim);
  }

  failAfter(events: number, aim: Aim = {}, status: StatusObject = unavailable()): void {
    arm(this.limits, { after: events, what: status }, aim);
  }

  /** The line of a read or subscription is cut after so many of its events. */
  cutAfter(events: number, aim: Aim = {}): void {
    arm(this.limits, { after: events, what: 'cut' }, aim);
  }

  /** Ends every fault; what was held in silence goes on. */
  clear(): void {
    this.gates = [];
    this.tails = [];
    this.limits = [];
    this.hushed = false;
    this.release();
    this.cleared = this.untilCleared();
  }

  /** Lets a call in, perhaps later; gives the status that it is refused with. */
  async admit(kind: CallKind): Promise<StatusObject | undefined> {
    if (this.hushed) await this.cleared;
    const gate = this.take(this.gates, kind);
    if (!gate) return undefined;
    if (gate === 'silence') return this.cleared.then(() => undefined);
    if ('refuse' in gate) return gate.refuse();
    const ms = gate.wait();
    if (ms > 0) await pause(ms);
    return undefined;
  }

  tail(): Tail | undefined {
    return this.take(this.tails, 'append');
  }

  limit(kind: CallKind): Limit | undefined {
    return this.take(this.limits, kind);
  }

  /** Resolves when answers may go out; undefined when they may at once. */
  silence(): Promise<void> | undefined {
    return this.hushed ? this.cleared : undefined;
  }

  untilSilenceEnds(): Promise<void> {
    return this.cleared;
  }

  private take<T>(armed: Armed<T>[], kind: CallKind): T | undefined {
    const found = armed.find(({ aim, left }) => left > 0 && (aim.calls?.includes(kind) ?? true));
    if (!found) return undefined;
    found.left--;
    this.struck++;
    return found.fault;
  }

  private untilCleared(): Promise<void> {
    return new Promise((resolve) => {
      this.release = resolve;
    });
  }
}

function arm<T>(armed: Armed<T>[], fault: T, aim: Aim): void {
  armed.push({ fault, aim, left: aim.times ?? Infinity });
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}

/** mulberry32: numbers in [0, 1) that a seed repeats. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
