import { isoDay, type CivilDate } from '../src/time/civil-date.js';
import { type AnswerJson, Answers, stamped } from './answers.js';
import { Incomplete } from './incomplete.js';
import type { KeptParties } from './kept/kept-parties.js';
import type { PartiesKnown } from './kept/parties-known.js';
import type { Known } from './known.js';
import type { KnownNumbers, ReadingPoint } from './known-numbers.js';
import { type LedgerState, stateOf } from './ledger-states.js';
import type { OneReading } from './one-reading.js';
import type { Stamp } from './stamp.js';

/** A question of a day, as known at some time. */
export interface OnKnown {
  readonly on: CivilDate;
  readonly known: Known;
  /** Shared by what one request asks. */
  readonly reading?: OneReading;
}

/** What a query reads with: the states of its ledgers, the n common to them, and what waits. */
export interface Occasion extends ReadingPoint {
  readonly n: number;
  readonly day: CivilDate;
  readonly incomplete: Incomplete;
  readonly state: (ledger: string) => LedgerState;
  /** What the parties ledger says at n, for questions that read it. */
  readonly parties: () => Promise<PartiesKnown>;
}

/** Resolves what is known, answers once for each n, and stamps the answer. */
export class Questions {
  private readonly answers = new Answers();

  constructor(
    private readonly numbers: KnownNumbers,
    private readonly kept: KeptParties,
  ) {}

  /**
   * @param key what else the answer depends on: the question and the sight of who asks
   * @returns the answer, stamped
   */
  async text(
    { on, known, reading }: OnKnown,
    ledgers: readonly string[],
    key: string,
    answer: (occasion: Occasion) => Promise<object>,
  ): Promise<AnswerJson> {
    const point = await this.numbers.resolve(known, ledgers, reading);
    const { n } = point.known;
    const incomplete = new Incomplete(point.states, ledgers, n);
    const state = (ledger: string) => stateOf(point.states, ledger);
    const stamp: Stamp = {
      on: isoDay(on),
      known: point.known,
      folds: Object.fromEntries(ledgers.map((it) => [it, state(it).fold])),
      ...(incomplete.any ? { incomplete: true } : {}),
    };
    // Disclosure is decided at the head, so an answer is remembered for one head of its ledgers.
    const heads = ledgers.map((it) => state(it).head).join(' ');
    const rest = await this.answers.of(`${key} ${on} ${n} ${heads}`, () =>
      answer({
        ...point,
        n,
        day: on,
        incomplete,
        state,
        parties: () => this.kept.at(n, state('register'), state('parties')),
      }),
    );
    return stamped(stamp, rest);
  }
}
