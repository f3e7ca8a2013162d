import { escapeIdentifier, type Pool } from 'pg';

import { refuse } from '../../src/entries/domain/refusal.js';
import { claimsOn } from '../claims.statement.js';
import { apart } from '../merged-parts.js';
import { spanOf } from '../obligations/party-rows.statement.js';
import type { SpanRow } from '../obligations/span.js';
import { postgresDay } from '../stored-row.js';
import { chosenAgreements, chosenParameters, type Chosen } from './chosen.statement.js';
import type { GraphLedgers } from './neighbourhood.statement.js';
import { timedRead } from './timed-read.js';

/** Agreements that one export may hold. */
export const MOST_EXPORTED = 5000;

/** Every row of the chosen agreements that the graph needs. @throws Refusal graph/too-large */
export async function readDatedGraph(
  pool: Pool,
  ledgers: GraphLedgers,
  chosen: Chosen,
  { day, n }: { readonly day: number; readonly n: number },
): Promise<readonly SpanRow[]> {
  const register = `${escapeIdentifier(ledgers.register.schema)}.part_row`;
  const graph = `${escapeIdentifier(ledgers.graph.schema)}.part_row`;
  const versions = `${ledgers.register.version}.${ledgers.graph.version}`;
  const counted = await timedRead<{ readonly agreements: number }>(pool, {
    name: `graph size ${versions}`,
    text: `with ${chosenAgreements(register, graph)} select count(*)::int as agreements from chosen`,
    values: [...chosenParameters(chosen, n)],
  });
  const agreements = counted[0]?.agreements ?? 0;
  if (agreements > MOST_EXPORTED) refuseTooMany(agreements);
  const rows = await timedRead<SpanRow>(pool, {
    name: `dated graph ${versions}`,
    text: `
      with ${chosenAgreements(register, graph)}
      select r.stream, r.part, r.contents, r.pending, true as holds, null as disclosed, ${spanOf('r')}
        from chosen join ${graph} r on r.stream = chosen.stream
        where (r.part in ('core', 'disclosure') or r.kind in ('acts', 'bond'))
          and case when r.part = 'disclosure' then upper_inf(r.known) else (r.known @> $1::int8) is true end
      union all
      select stream, part, contents, pending, holds, disclosed, '-Infinity', 'Infinity'
        from (${claimsOn(graph, '$1', '$6')}) as claim(of, stream, part, contents, pending, holds, disclosed)`,
    values: [...chosenParameters(chosen, n), postgresDay(day)],
  });
  return rows.flatMap((it) => apart(it) as readonly SpanRow[]);
}

function refuseTooMany(agreements: number): never {
  const expected = `${MOST_EXPORTED}件以下になる of(団体)または field(分野)`;
  return refuse(
    'malformed',
    'graph/too-large',
    `対象の協定が${agreements}件あり、一度に書き出せる${MOST_EXPORTED}件を超えています。of か field で絞ってください。`,
    { field: 'of', code: 'graph/too-large', read: String(agreements), expected },
  );
}
