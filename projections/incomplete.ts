import type { Finding } from '../src/entries/domain/finding.js';
import { leftOpen } from '../src/entries/domain/joined-findings.js';
import { stateOf, type LedgerState } from './ledger-states.js';

/** Streams that wait: what they hold from their n on is not in the rows. */
export class Incomplete {
  private readonly ids: ReadonlySet<string>;

  constructor(states: ReadonlyMap<string, LedgerState>, ledgers: readonly string[], n: number) {
    const parked = ledgers.flatMap((it) => stateOf(states, it).parked);
    this.ids = new Set(parked.filter((it) => it.n <= n).map((it) => it.id));
  }

  /** Ids of the streams that wait. */
  get streams(): readonly string[] {
    return [...this.ids].sort();
  }

  get any(): boolean {
    return this.ids.size > 0;
  }

  /**
   * A stream's own answer is open while it waits. Any other's no is open too, since the stream that
   * waits could say otherwise; a yes stands.
   */
  weaken(finding: Finding, ...streams: readonly string[]): Finding {
    if (!this.any) return finding;
    const own = streams.some((it) => this.ids.has(it));
    if (!own && finding.answer !== 'no') return finding;
    return leftOpen(finding, { code: 'projection/incomplete', events: [] });
  }
}
