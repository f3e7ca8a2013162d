import type { StreamKind } from '../src/entries/domain/act-type.js';
import { measures } from './measures/measures.ledger.js';
import { presuming, type Presume } from './presume.js';
import type { ReadModels } from './read-models.js';
import type { RecordRow } from './record-row.js';

/** Facts under other presumptions, in the same order: folded again from the events of their streams. */
export async function presumedFacts(
  models: ReadModels,
  kind: StreamKind,
  rows: readonly RecordRow[],
  presume: Presume,
  point: { readonly day: number; readonly n: number },
): Promise<readonly RecordRow[]> {
  if (presume === 'all') return rows;
  const none = presuming(presume);
  const folded = await models.folded.again(measures, kind, rows, none, point);
  return folded.toSorted((a, b) => (a.part < b.part ? -1 : 1));
}
