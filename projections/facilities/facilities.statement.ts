import { escapeIdentifier, type Pool } from 'pg';

import type { LedgerState } from '../ledger-states.js';
import { apart } from '../merged-parts.js';
import type { Occasion } from '../questions.js';
import type { RecordRow } from '../record-row.js';
import { gramsSought } from '../search-key.js';
import { postgresDay } from '../stored-row.js';
import { kindPart } from './facilities.ledger.js';

export interface FacilitiesSought {
  /** A party's id. */
  readonly owner?: string;
  /** POI codes and remarks, any of which will do. */
  readonly kinds?: readonly string[];
  /** Words of its name, reading or other name. */
  readonly text?: string;
}

export interface Page {
  /** The `next` of the page before. */
  readonly after: string;
  readonly limit: number;
}

interface Point {
  readonly day: number;
  readonly n: number;
}

/** `facility` and `open` rows of those found, in the order of their ids; with acts' rows where asked. */
export async function readFacilities(
  pool: Pool,
  { schema }: LedgerState,
  { owner, kinds, text = '' }: FacilitiesSought,
  { day, n }: Point,
  { after, limit }: Page,
): Promise<readonly RecordRow[]> {
  const rows = `${escapeIdentifier(schema)}.part_row`;
  const { rows: found } = await pool.query<RecordRow>({
    name: `facilities ${schema}`,
    text: `
      with chosen as (
        select f.stream from ${rows} f
        where f.part = 'facility' and (f.known @> $1::int8) is true and (f.days @> $2::date) is true
          and f.stream > $3::uuid
          and ($4::text[] = '{}' or f.grams @> $4::text[])
          and (f.contents <> '[]' or f.pending <> '{}')
          and ($5::text is null or exists (
            select from ${rows} o where o.stream = f.stream and o.part = $5
              and (o.known @> $1::int8) is true))
          and ($6::text[] is null or exists (
            select from ${rows} k where k.stream = f.stream and k.part = any($6)
              and (k.known @> $1::int8) is true))
        order by f.stream limit $7
      )
      select r.stream, r.part, true as holds, r.contents, r.pending
      from chosen join ${rows} r using (stream)
      where r.part in ('facility', 'open') and (r.known @> $1::int8) is true
        and (r.days @> $2::date) is true
      order by r.stream, r.part`,
    values: [
      n,
      postgresDay(day),
      after,
      gramsSought(text),
      owner === undefined ? null : `owner:${owner}`,
      kinds === undefined ? null : kinds.map(kindPart),
      limit,
    ],
  });
  return found;
}

/** Every row of one facility that holds on the day, its acts among them. */
export async function readFacility(
  pool: Pool,
  { schema }: LedgerState,
  id: string,
  { day, n }: Point,
): Promise<readonly RecordRow[]> {
  const { rows } = await pool.query<RecordRow>({
    name: `facility ${schema}`,
    text: `
      select stream, part, true as holds, contents, pending
      from ${escapeIdentifier(schema)}.part_row
      where stream = $1::uuid and (known @> $2::int8) is true and (days @> $3::date) is true`,
    values: [id, n, postgresDay(day)],
  });
  return rows;
}

/** The names of the day of these parties. */
export async function readNames(
  pool: Pool,
  { schema }: LedgerState,
  ids: readonly string[],
  { day, n }: Point,
): Promise<readonly RecordRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await pool.query<RecordRow>({
    name: `names ${schema}`,
    text: `
      select stream, part, true as holds, contents, pending
      from ${escapeIdentifier(schema)}.part_row
      where stream = any($1::uuid[]) and part = 'name' and (known @> $2::int8) is true
        and (days @> $3::date) is true`,
    values: [ids, n, postgresDay(day)],
  });
  return rows;
}

/** A row and its days `[from, to)` as ISO 8601; null without bound. */
export type DatedRow = RecordRow & { readonly from: string | null; readonly to: string | null };

/** The ledgers that hold what agreements state and offer, and who may see it. */
export interface OfferLedgers {
  readonly graph: LedgerState;
  readonly counter: LedgerState;
}

export function offersOf({ state }: Pick<Occasion, 'state'>): OfferLedgers {
  return { graph: state('agreement-graph'), counter: state('counter') };
}

/**
 * Agreements that have a part, a count or a facility: that part's rows of every day, and of the day their
 * acts, whom they name and what they are called; disclosure is read at the head.
 */
export async function readAgreementsWith(
  pool: Pool,
  ledgers: OfferLedgers,
  part: string,
  { day, n }: Point,
): Promise<readonly DatedRow[]> {
  const graph = `${escapeIdentifier(ledgers.graph.schema)}.part_row`;
  const counter = `${escapeIdentifier(ledgers.counter.schema)}.part_row`;
  const { rows: found } = await pool.query<DatedRow>({
    name: `agreements with ${ledgers.graph.version}.${ledgers.counter.version}`,
    text: `
      with parts as materialized (
        select * from ${counter} where part = $1 and (known @> $2::int8) is true
      ), found as (
        select stream, part, days, contents, pending from parts
        union all
        select r.stream, r.part, r.days, r.contents, r.pending
          from (select distinct stream from parts) as c join ${graph} r using (stream)
          where r.kind <> 'supersedes' and case
            when r.part = 'disclosure' then upper_inf(r.known)
            else (r.known @> $2::int8) is true and ((r.days @> $3::date) is true or r.part = 'core') end
      )
      select stream, part, (days @> $3::date) is true as holds, contents, pending,
        lower(days)::text as from, upper(days)::text as to
      from found order by stream, part, days`,
    values: [part, n, postgresDay(day)],
  });
  return found
    .flatMap((it) => apart(it) as readonly DatedRow[])
    .filter((it) => it.holds || it.part === 'outline' || it.part === part);
}
