import { apart } from '../merged-parts.js';
import type { SpanRow } from '../obligations/span.js';
import { subjectOf } from '../record-row.js';
import { AgreementFacts } from './agreement-facts.js';

/** The agreements that rows tell of, in an order that does not depend on how they were read. */
export function agreementsOf(rows: readonly SpanRow[]): readonly AgreementFacts[] {
  const streams = new Map<string, SpanRow[]>();
  const claims = new Map<string, SpanRow[]>();
  for (const row of rows) {
    const claimed = row.part.startsWith('supersedes:');
    const [into, id] = claimed ? [claims, subjectOf(row.part)] : [streams, row.stream];
    const mine = into.get(id) ?? [];
    if (mine.length === 0) into.set(id, mine);
    mine.push(...(apart(row) as readonly SpanRow[]));
  }
  return [...streams.keys()]
    .sort()
    .map((id) => new AgreementFacts(id, streams.get(id) ?? [], claims.get(id) ?? []));
}
