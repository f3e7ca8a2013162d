import type pg from 'pg';
import type { Head } from './event-store.js';
import { quoted } from './postgres-schema.js';

/** The newest event's number and time; null while the register is empty. */
export async function lastHead(pool: pg.Pool, schema: string): Promise<Head | null> {
  const { rows } = await pool.query<Head>(
    `select n, n::text as position, at from ${quoted(schema)}.register_head where n >= 0`,
  );
  return rows[0] ?? null;
}

/**
 * The last event whose time is not after the instant. Time never goes back along n, so it is found
 * by halving, twenty steps for a million events, without an index on the time.
 */
export async function headAt(pool: pg.Pool, schema: string, instant: string): Promise<Head | null> {
  const store = quoted(schema);
  const { rows } = await pool.query<Head>(
    `with recursive search(low, high) as (
       -- The event asked for is low at least and high at most; -1 stands for none.
       select -1::bigint, n from ${store}.register_head
       union all
       select case when event.at <= $1 then event.n else low end,
         case when event.at <= $1 then high else event.n - 1 end
       from search
       cross join lateral (
         select n, at from ${store}.event where n = (low + high + 1) / 2
       ) as event
       where low < high
     )
     select n, n::text as position, at from ${store}.event
     where n = (select low from search where low = high)`,
    [instant],
  );
  return rows[0] ?? null;
}
