import type { StreamKind } from '../src/entries/domain/act-type.js';
import type { Numbered } from '../src/entries/domain/event.js';
import type { Presuming } from '../src/entries/domain/presumption.js';
import type { Ledger } from './ledger.js';
import type { RecordRow } from './record-row.js';
import type { StreamReads } from './stream-reads.js';

/** Rows folded now from the events themselves, instead of those that the projector keeps. */
export class FoldedRows {
  constructor(private readonly streams: StreamReads) {}

  /** The same rows as stored ones, of the same streams and days, under other presumptions. */
  async again(
    ledger: Pick<Ledger, 'rows'>,
    kind: StreamKind,
    rows: readonly RecordRow[],
    presume: Presuming,
    { day, n }: { readonly day: number; readonly n: number },
  ): Promise<readonly RecordRow[]> {
    const asked = new Map<string, Set<string>>();
    for (const { stream, part } of rows) {
      asked.set(stream, (asked.get(stream) ?? new Set()).add(part));
    }
    const disclosures = rows.filter((it) => it.part === 'disclosure');
    const disclosed = new Set(rows.flatMap((it) => (it.disclosed === true ? [it.stream] : [])));
    const folded: RecordRow[] = [];
    for (const [stream, parts] of asked) {
      const events = await this.streams.upTo(kind, stream, n);
      folded.push(
        ...rowsOnDay(ledger, stream, events, presume, day).filter(
          (it) => parts.has(it.part) && it.part !== 'disclosure',
        ),
      );
    }
    const marked = folded.map((it) => ({ ...it, disclosed: disclosed.has(it.stream) }));
    return [...marked, ...disclosures];
  }
}

/** A stream's rows of a day, and its outlines of any day, as the statements read them. */
export function rowsOnDay(
  ledger: Pick<Ledger, 'rows'>,
  stream: string,
  events: readonly Numbered[],
  presume: Presuming,
  day: number,
): readonly RecordRow[] {
  return ledger
    .rows(events, presume)
    .map(({ part, from, to, contents, pending }) => ({
      stream,
      part,
      contents,
      pending,
      holds: from <= day && day < to,
    }))
    .filter((it) => it.holds || it.part === 'outline');
}
