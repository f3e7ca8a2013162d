import type pg from 'pg';
import { type RecordedEvent, UnexpectedHistory } from './event-store.js';
import { quoted } from './postgres-schema.js';
import { largestEvent } from './storable-event.js';

const rowsOfPage = 2_000;
/** Keeps a page of large events in bounds: bodies are up to 64,000 bytes, so never less than one. */
const bytesOfPage = 8 * 1024 * 1024;

/** Events in order. `last` is true where the page reached the end of what was asked for. */
export interface Page {
  readonly events: readonly RecordedEvent[];
  readonly last: boolean;
}

/** Fetches the page that follows a place: a number or a revision (−1 for the first), or an event. */
export type FetchPage<Place = number> = (after: Place) => Promise<Page>;

/** Pages of the register's one order, up to a number (everything there is when undefined). */
export function pagesOfRegister(pool: pg.Pool, schema: string, upTo?: number): FetchPage {
  const text = pageStatement(schema, 'n > $1 and n <= $2', 'n');
  const bound = upTo ?? Number.MAX_SAFE_INTEGER;
  return async (after) => {
    const page = await fetchPage(pool, { name: 'register page', text, values: [after, bound] });
    refuseGap(after, page.events);
    return page;
  };
}

/** Pages of one stream. */
export function pagesOfStream(pool: pg.Pool, schema: string, stream: string): FetchPage {
  const text = pageStatement(schema, 'revision > $1 and stream = $2', 'revision');
  return (after) => fetchPage(pool, { name: 'stream page', text, values: [after, stream] });
}

/** Pages of several streams, stream by stream; null for the first. */
export function pagesOfStreams(
  pool: pg.Pool,
  schema: string,
  streams: readonly string[],
): FetchPage<RecordedEvent | null> {
  const condition = 'stream = any($1) and (stream, revision) > ($2, $3)';
  const text = pageStatement(schema, condition, 'stream, revision');
  return (after) => {
    const values = [streams, after?.stream ?? '', after?.revision ?? -1];
    return fetchPage(pool, { name: 'page of streams', text, values });
  };
}

function pageStatement(
  schema: string,
  condition: string,
  order: 'n' | 'revision' | 'stream, revision',
): string {
  return `
    select n, id, stream, revision, type, recorded_at as "recordedAt", at, body,
      n::text as position
    from (
      select *, sum(octet_length(body)) over (order by ${order} rows unbounded preceding) as bytes
      from ${quoted(schema)}.event where ${condition} order by ${order} limit ${rowsOfPage}
    ) as page
    where bytes <= ${bytesOfPage}
    order by ${order}`;
}

async function fetchPage(pool: pg.Pool, query: pg.QueryConfig): Promise<Page> {
  const { rows } = await pool.query<RecordedEvent>(query);
  return { events: rows, last: rows.length < rowsOfPage && !cutOff(rows) };
}

/** Numbers are dense: a gap means that rows were taken from the table. */
function refuseGap(after: number, events: readonly RecordedEvent[]): void {
  const gap = events.find(({ n }, place) => n !== after + 1 + place);
  if (gap === undefined) return;
  throw new UnexpectedHistory(`event ${gap.n} stands where a lower number belongs`);
}

/** No event is larger than 64,000 bytes, so a page that one more would fit into is whole. */
function cutOff(events: readonly RecordedEvent[]): boolean {
  const bytes = events.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);
  return bytes + largestEvent > bytesOfPage;
}

/** Pages one after another; the next is fetched while the consumer has this one. */
export async function* prefetched<Place>(
  first: Place,
  fetch: FetchPage<Place>,
  placeOf: (event: RecordedEvent) => Place,
): AsyncGenerator<readonly RecordedEvent[], void, undefined> {
  let coming: Promise<Page> | undefined = fetch(first);
  try {
    while (coming !== undefined) {
      const { events, last }: Page = await coming;
      coming = undefined;
      const end = events.at(-1);
      if (end === undefined) return;
      if (!last) coming = fetch(placeOf(end));
      // Its fault is told when it is awaited, above or below.
      coming?.catch(() => undefined);
      yield events;
    }
  } finally {
    await coming?.catch(() => undefined);
  }
}
