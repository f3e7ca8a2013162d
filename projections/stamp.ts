import type { KnownAt } from './known.js';

/** What every answer carries: the day, what was known, and which fold made its rows. */
export interface Stamp {
  /** ISO 8601. */
  readonly on: string;
  readonly known: KnownAt;
  /** By ledger. */
  readonly folds: Readonly<Record<string, number>>;
  /** Present where streams wait that the answer could not read. */
  readonly incomplete?: true;
}
