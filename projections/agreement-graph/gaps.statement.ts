import { escapeIdentifier, type Pool } from 'pg';

import type { PartyName } from '../../src/parties/domain/party-parts.js';
import type { LedgerState } from '../ledger-states.js';
import { postgresDay } from '../stored-row.js';
import type { Office } from './near-offices.js';
import { timedRead } from './timed-read.js';

/** A municipality or a special ward with its office, as of a day. */
export interface PlacedParty extends Office {
  readonly prefecture: string | null;
}

/** Every municipality and special ward that has a place on record and has not ceased by the day. */
export async function readOffices(
  pool: Pool,
  parties: LedgerState,
  { day, n }: { readonly day: number; readonly n: number },
): Promise<readonly PlacedParty[]> {
  const table = `${escapeIdentifier(parties.schema)}.part_row`;
  const rows = await timedRead<{ readonly id: string; readonly name: PartyName }>(pool, {
    name: `offices ${parties.version}`,
    text: `
      select p.stream as id, p.contents->0->'content' as name from ${table} p
      where p.part = 'name' and (p.known @> $1::int8) is true and (p.days @> $2::date) is true
        and p.contents->0->'content' ? 'latitude' and p.contents->0->'content' ? 'longitude'
        and p.contents->0->'content'->>'kind' in ('municipality', 'specialWard')
        and not exists (select from ${table} s where s.part = 'succession:' || p.stream
          and (s.known @> $1::int8) is true and (s.days @> $2::date) is true
          and jsonb_array_length(s.contents) = 1
          and s.contents @> '[{"content":{"state":"succeeded","ceased":true}}]')`,
    values: [n, postgresDay(day)],
  });
  return rows.flatMap(({ id, name: { latitude, longitude, prefecture } }) =>
    latitude === undefined || longitude === undefined
      ? []
      : [{ id, latitude, longitude, prefecture: prefecture ?? null }],
  );
}

/** The `name` content of one party on the day; undefined where nothing approved says one. */
export async function readPartyName(
  pool: Pool,
  parties: LedgerState,
  id: string,
  { day, n }: { readonly day: number; readonly n: number },
): Promise<PartyName | undefined> {
  const rows = await timedRead<{ readonly name: PartyName | null }>(pool, {
    name: `party name ${parties.version}`,
    text: `select contents->0->'content' as name from ${escapeIdentifier(parties.schema)}.part_row
      where part = 'name' and stream = $3::uuid and (known @> $1::int8) is true
        and (days @> $2::date) is true`,
    values: [n, postgresDay(day), id],
  });
  return rows[0]?.name ?? undefined;
}
