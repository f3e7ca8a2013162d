import type { StreamKind } from '../../src/entries/domain/act-type.js';
import type { Ledger } from '../ledger.js';
import { presuming, type Presume } from '../presume.js';
import type { StreamReads } from '../stream-reads.js';
import type { SpanRow } from './span.js';

/** The same parts of the same streams under other presumptions, folded again from the events. */
export async function presumedSpans(
  streams: StreamReads,
  { ledger, kind, presume }: { ledger: Ledger; kind: StreamKind; presume: Presume },
  rows: readonly SpanRow[],
  n: number,
): Promise<readonly SpanRow[]> {
  if (presume === 'all') return rows;
  const folded: SpanRow[] = rows.filter((it) => it.part === 'disclosure');
  for (const stream of new Set(rows.map((it) => it.stream))) {
    const mine = rows.filter((it) => it.stream === stream);
    const parts = new Set(mine.map((it) => it.part));
    const disclosed = mine.some((it) => it.disclosed === true);
    const events = await streams.upTo(kind, stream, n);
    for (const row of ledger.rows(events, presuming(presume))) {
      if (row.part === 'disclosure' || !parts.has(row.part)) continue;
      folded.push({ ...row, stream, holds: true, disclosed });
    }
  }
  return folded;
}
