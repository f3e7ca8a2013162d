import { afterEach, expect, test } from 'vitest';

import { refuseOverlaps } from '../../projections/bitemporal.js';
import { pointOf } from '../../projections/checkpoint.js';
import type { Ledger } from '../../projections/ledger.js';
import { agreementGraph } from '../../projections/agreement-graph/agreement-graph.ledger.js';
import { rebuild } from '../../projections/rebuild.js';
import type { RebuildProgress } from '../../projections/rebuild-progress.js';
import { ReadSide } from './support/read-side.js';
import { library, libraryTable } from './support/sources.js';

let register: ReadSide;
afterEach(() => register.close());

const [fujisawa, kawasaki] = libraryTable.map((it) => library(it));

/** The same fold, but for the disclosure: every past answer that rests on it changes. */
const newer: Ledger = {
  ...agreementGraph,
  fold: agreementGraph.fold + 1,
  rows: (events, presume) =>
    agreementGraph
      .rows(events, presume)
      .map((it) => (it.part === 'disclosure' ? { ...it, contents: [] } : it)),
};

function anew(ledger: Ledger, onProgress?: (it: RebuildProgress) => void) {
  const connection = { connectionString: register.database.url };
  return rebuild(
    { ...register.context, ledger },
    onProgress === undefined ? { connection } : { connection, onProgress },
  );
}

async function schemas(): Promise<readonly string[]> {
  const { rows } = await register.pool.query<{ name: string }>(
    `select nspname as name from pg_namespace where nspname like 'agreement_graph%' order by nspname`,
  );
  return rows.map((it) => it.name);
}

test('the past answers that a newer fold changes are counted and shown', async () => {
  register = await ReadSide.open('newer fold', [agreementGraph]);
  const projectors = register.start();
  await register.append(...fujisawa!.events, ...kawasaki!.events);
  const n = await register.caughtUp();
  await projectors.stop();
  const stages: string[] = [];
  const made = await anew(newer, ({ stage }) => stages.push(stage));
  expect(made).toMatchObject({ version: 2, fold: newer.fold, n, comparison: { n, changed: 2 } });
  expect(made.comparison!.checksums.before).not.toBe(made.comparison!.checksums.after);
  expect(made.comparison!.examples).toMatchObject([
    { part: 'disclosure', after: [{ contents: [] }] },
    { part: 'disclosure', after: [{ contents: [] }] },
  ]);
  expect(stages).toEqual(['indexing', 'catching-up', 'comparing', 'serving']);
});

test('a program with a newer fold builds the ledger anew before it goes on', async () => {
  register = await ReadSide.open('fold of a newer program', [agreementGraph]);
  const before = register.start();
  await register.append(...fujisawa!.events);
  await register.caughtUp();
  await before.stop();
  const after = register.start({}, [newer]);
  await register.append(...kawasaki!.events);
  const n = await register.caughtUp();
  await after.stop();
  expect(await pointOf(register.pool, 'agreement-graph', 2)).toMatchObject({ fold: newer.fold, n });
  expect(register.reports).toContain('agreement-graph: 1 past answers change');
});

test('the version before stays, and older ones and what an interrupted rebuild left go', async () => {
  register = await ReadSide.open('versions', [agreementGraph]);
  register.start();
  await register.append(...fujisawa!.events);
  await register.caughtUp();
  await anew(agreementGraph);
  expect(await schemas()).toEqual(['agreement_graph_v1', 'agreement_graph_v2']);
  await register.pool.query(`
    create schema agreement_graph_v3;
    insert into projection.checkpoint (ledger, version, fold) values ('agreement-graph', 3, 1)`);
  const made = await anew(agreementGraph);
  expect(made.version).toBe(4);
  expect(await schemas()).toEqual(['agreement_graph_v2', 'agreement_graph_v4']);
});

test('a stream that the fold cannot read is parked in the new version too', async () => {
  register = await ReadSide.open('parked by a rebuild', [agreementGraph]);
  register.start();
  await register.append(...fujisawa!.events, ...kawasaki!.events);
  await register.caughtUp();
  const failing: Ledger = {
    ...agreementGraph,
    rows(events, presume) {
      if (events.length === 3 && events[0]?.event.stream === kawasaki!.stream)
        throw new Error('no');
      return agreementGraph.rows(events, presume);
    },
  };
  await anew(failing);
  const { rows } = await register.pool.query(
    'select version, stream, n::int, error from projection.parked_stream',
  );
  const n = fujisawa!.events.length + 2;
  expect(rows).toEqual([{ version: 2, stream: kawasaki!.stream, n, error: 'Error: no' }]);
});

test('two rows of a part that hold at once are found before a version serves', async () => {
  register = await ReadSide.open('overlap', [agreementGraph]);
  register.start();
  await register.append(...fujisawa!.events);
  await register.caughtUp();
  await refuseOverlaps(register.pool, 'agreement_graph_v1');
  await register.pool.query(`
    insert into agreement_graph_v1.part_row (stream, part, days, contents, pending, known)
    select stream, part, daterange(null, '2000-01-01'), contents, pending, known
    from agreement_graph_v1.part_row where part = 'disclosure'`);
  await expect(refuseOverlaps(register.pool, 'agreement_graph_v1')).rejects.toThrow(
    /^agreement_graph_v1: two rows of disclosure of /,
  );
});
