import { Pool } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { RunningApplication } from '../../src/start-application.js';
import { EventStoreDbDouble } from '../eventstoredb-double/eventstoredb-double.js';
import { moved, openedPlace, startAt, tokenAt } from './moving.js';
import type { MadePlace } from './places.js';
import { answersAt, questionsOf } from './questions.js';

/** The events alone move: vault, office and ledgers stay in the database that they are in. */
let double: EventStoreDbDouble;
let here: MadePlace;
let there: MadePlace;
let pool: Pool;
let token: string;

beforeAll(async () => {
  double = await EventStoreDbDouble.start();
  here = await openedPlace('move_shared');
  pool = new Pool({ connectionString: here.databaseUrl });
  token = await tokenAt(here, 'registrar');
  there = {
    ...here,
    place: 'env:EVENTS',
    environment: { EVENTS: double.connectionString },
    settings: { ...here.settings, EVENTSTORE_CONNECTION_STRING: double.connectionString },
  };
});
afterAll(async () => {
  await pool.end();
  await here.dispose();
  await double.stop();
});

interface Point {
  readonly ledger: string;
  readonly version: number;
  readonly n: number;
  readonly position: string;
}
const points = async () =>
  (
    await pool.query<Point>(
      'select ledger, version, n::int as n, position from projection.checkpoint order by ledger',
    )
  ).rows;

async function register(application: RunningApplication, name: string): Promise<number> {
  const response = await fetch(`${application.url}/api/entries`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': `register-${name.codePointAt(0)}`,
    },
    body: JSON.stringify({
      opens: 'party',
      acts: [{ type: 'PartyRegistered', data: { kind: 'municipality', name } }],
    }),
  });
  const { n } = (await response.json()) as { readonly n: number };
  expect([response.status, n]).toEqual([201, expect.any(Number)]);
  const seen = await fetch(`${application.url}/api/parties?at-least=${n}`);
  expect(seen.status).toBe(200);
  return n;
}

test('ledgers are carried on from where they stand, there and back, while the application runs', async () => {
  let application = await startAt(here, { MUSUBI_SOURCES: 'on' });
  const questions = await questionsOf(application, token);
  const before = await answersAt(application, token, questions);
  const versions = (await points()).map(({ ledger, version }) => [ledger, version]);

  for (const [from, to] of [
    [here, there],
    [there, here],
  ] as const) {
    // The application of the old place is left running until the new one is to start.
    const { events, sameDatabase, ledgers, office, recorded } = await moved(from, to);
    expect({ sameDatabase, ledgers, office }).toEqual({
      sameDatabase: true,
      ledgers: versions.length,
      office: undefined,
    });
    expect(recorded?.n).toBe(events);
    await application.close();

    application = await startAt(to);
    expect(await answersAt(application, token, questions)).toEqual(before);
    const n = await register(application, to === there ? '藤沢市' : '鎌倉市');
    expect(n).toBe(events + 1);
    const after = await points();
    expect(after.map(({ ledger, version }) => [ledger, version])).toEqual(versions);
    expect(after.every((it) => it.n === n)).toBe(true);
    const head = await application.surroundings.store.head();
    expect(new Set(after.map(({ position }) => position))).toEqual(new Set([head?.position]));
  }
  await application.close();
}, 240_000);
