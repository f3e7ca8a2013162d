import type { Source } from '../../src/entries/domain/event.js';
import type { AgreementRecord } from '../agreement-record.js';

/** 利用可能な施設数 of one body: what sources say of it, and beside it what the register itself lists. */
export interface FacilityClaims {
  /** The one number that every claim gives; null where there is none, or they differ. */
  readonly count: number | null;
  readonly claims: readonly {
    readonly event: string;
    readonly of: string;
    readonly count: number;
    readonly heading?: string;
    readonly source?: Source;
  }[];
  /** Facilities on offer on the day, by the register's own list. */
  readonly listed: number;
  /** `listed` less `count`; null where there is no one count, or nothing was ever offered. */
  readonly difference: number | null;
}

export function facilityClaims(
  agreement: AgreementRecord,
  of: string,
  field: string,
): FacilityClaims {
  const claims = agreement
    .counts(of)
    .filter((it) => it.field === undefined || it.field === field)
    .map(({ by, count, heading }) => {
      const source = agreement.act(by)?.source;
      return {
        event: by,
        of,
        count,
        ...(heading === undefined ? {} : { heading }),
        ...(source === undefined ? {} : { source }),
      };
    });
  const numbers = new Set(claims.map((it) => it.count));
  const [only] = numbers;
  const count = numbers.size === 1 ? (only ?? null) : null;
  const listed = agreement.offered(of);
  const difference = count === null || !agreement.offers(of) ? null : listed - count;
  return { count, claims, listed, difference };
}
