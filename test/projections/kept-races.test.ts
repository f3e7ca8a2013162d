import type { Pool } from 'pg';
import { afterEach, expect, test } from 'vitest';

import { agreementGraph } from '../../projections/agreement-graph/agreement-graph.ledger.js';
import type { CounterAnswer } from '../../projections/counter/counter.answer.js';
import { Counter, CounterHandler } from '../../projections/counter/counter.query.js';
import { KeptAgreements } from '../../projections/counter/kept-agreements.js';
import { ChangeLog } from '../../projections/kept/change-log.js';
import { KeptParties } from '../../projections/kept/kept-parties.js';
import { now } from '../../projections/known.js';
import type { Ledger } from '../../projections/ledger.js';
import { readStates, stateOf } from '../../projections/ledger-states.js';
import { ledgers } from '../../projections/ledgers.js';
import { rebuild } from '../../projections/rebuild.js';
import { replay } from '../../projections/replay.js';
import { thePublic } from '../../src/identity/principal.js';
import { idOf } from '../support/event-builder.js';
import { day, ReadSide } from './support/read-side.js';
import { library, libraryTable, municipalities, party } from './support/sources.js';

const field = '図書館';
const [fujisawa] = libraryTable.map((it) => library(it));

let register: ReadSide;
afterEach(() => register.close());

async function opened(label: string, watched: readonly Ledger[] = ledgers): Promise<void> {
  register = await ReadSide.open(label, watched);
  register.start();
  await register.append(...municipalities(), ...fujisawa!.events);
  await register.caughtUp();
}

async function states() {
  const all = await readStates(register.pool);
  const [graph, counter] = [stateOf(all, 'agreement-graph'), stateOf(all, 'counter')];
  return { register: stateOf(all, 'register'), graph, counter, parties: stateOf(all, 'parties') };
}

/** The pool, some of whose answers come only when they are let through. */
function gatedPool() {
  const asked: string[] = [];
  const gates = new Map<string, { reached: () => void; open: Promise<void> }>();
  const query = async (...it: Parameters<Pool['query']>) => {
    const answer: unknown = await (register.pool.query as (...of: unknown[]) => Promise<unknown>)(
      ...it,
    );
    const { name = '' } = it[0] as { readonly name?: string };
    asked.push(name);
    const [found] = [...gates].filter(([begin]) => name.startsWith(begin));
    if (found === undefined) return answer;
    gates.delete(found[0]);
    found[1].reached();
    await found[1].open;
    return answer;
  };
  const gate = (begin: string) => {
    let open = () => {};
    let reached = () => {};
    const atGate = new Promise<void>((resolve) => (reached = resolve));
    gates.set(begin, { reached, open: new Promise((resolve) => (open = resolve)) });
    return { atGate, open };
  };
  return { pool: { query } as unknown as Pool, gate, asked };
}

const among = { bodies: [idOf('横浜市')], field };

function told(
  records: readonly { on(day: number): { acts: unknown; bonded: readonly string[] } }[],
) {
  return records.map((it) => {
    const { acts, bonded } = it.on(day('2020-01-01'));
    return { acts, bonded };
  });
}

test('rows read before an event were kept as if they had been read after it', async () => {
  await opened('kept before an event');
  const { pool, gate } = gatedPool();
  const kept = new KeptAgreements(pool, new ChangeLog(pool, register.names));
  const before = await states();

  const rows = gate('use rows');
  const first = kept.among(before, among, before.graph.n);
  await rows.atGate;
  const acted = fujisawa!.act('FacilitiesCounted', { of: idOf('藤沢市'), field, count: 5 });
  await register.append(acted);
  const n = await register.caughtUp();
  const after = await states();
  const bound = gate('ever bound');
  const second = kept.among(after, among, n);
  await bound.atGate;
  rows.open();
  await first;
  bound.open();
  await second;

  const anew = new KeptAgreements(pool, new ChangeLog(pool, register.names));
  const wanted = told(await anew.among(after, among, n));
  expect(told(await kept.among(after, among, n))).toEqual(wanted);
  expect(told(await kept.among(before, among, before.graph.n))).not.toEqual(wanted);
});

test('a question of the version before took rows of the one that took its place, and left it its own', async () => {
  await opened('kept over a switch');
  const { pool, gate, asked } = gatedPool();
  const kept = new KeptAgreements(pool, new ChangeLog(pool, register.names));
  const before = await states();
  const { n } = before.graph;
  const lists = gate('bound in 1');
  const first = kept.among(before, among, n);
  await lists.atGate;
  const connection = { connectionString: register.database.url };
  await rebuild({ ...register.context, ledger: agreementGraph }, { connection });
  const after = await states();
  expect(after.graph.version).toBe(2);
  await kept.among(after, among, n);
  const second = kept.among(after, { ...among, field: '災害時相互応援' }, n);
  asked.length = 0;
  lists.open();
  await first;
  await second;
  expect(asked).toContain('use rows 1.1');
  asked.length = 0;
  await kept.among(after, among, n);
  expect(asked.filter((it) => !it.includes('claims'))).toEqual([]);
});

test('a stream that waited and was replayed was still told as before', async () => {
  const fault = { there: true };
  const council = party('試験協議会', 'council');
  council.act('MemberJoined', { member: idOf('横浜市') }, { effective: '2010-04-01' });
  const failing = ledgers.map((ledger): Ledger => ({
    ...ledger,
    rows(events, presume) {
      const stuck = events[0]?.event.stream === council.stream && events.length > 1;
      if (fault.there && stuck && ledger.name === 'parties') throw new Error('the fold fails');
      return ledger.rows(events, presume);
    },
  }));
  await opened('kept over a replay', failing);
  await register.append(...council.events);
  const n = await register.caughtUp();
  const parties = new KeptParties(register.pool, new ChangeLog(register.pool, register.names));
  const members = async () => {
    const at = await states();
    return (await parties.at(n, at.register, at.parties)).subjects(idOf('試験協議会'), 'member');
  };
  expect(await members()).toEqual([]);

  fault.there = false;
  const ledger = failing.find((it) => it.name === 'parties')!;
  const connection = await register.pool.connect();
  expect(await replay(connection, { ...register.context, ledger }, council.stream)).toBe(
    'replayed',
  );
  connection.release();
  expect(await members()).toEqual([idOf('横浜市')]);
});

test('an amendment that waits and brings the field was no reason to check', async () => {
  await opened('pending field');
  const stream = library({ ...libraryTable[1]!, partner: '大和市' });
  stream.act(
    'AgreementAmended',
    { fields: ['図書館', '公共施設相互利用'], summary: '対象の追加' },
    { effective: '2030-04-01', entry: '対象の追加' },
  );
  await register.append(...stream.events);
  await register.caughtUp();
  const query = new Counter({
    person: { resident: idOf('横浜市') },
    purpose: { field: '公共施設相互利用' },
    on: day('2025-01-01'),
    known: now,
    reader: thePublic,
  });
  const answer = await new CounterHandler(register.models).execute(query);
  const { partners } = answer.read<CounterAnswer>();
  const row = partners.find((it) => it.partner.id === idOf('大和市'));
  expect(row?.word).toBe('確認が必要');
  expect(row?.pending).toHaveLength(1);
});

test('what nobody says filled the memory, whoever asked for it', async () => {
  await opened('nothing said');
  const parties = new KeptParties(register.pool, new ChangeLog(register.pool, register.names));
  const at = await states();
  const known = await parties.at(at.parties.n, at.register, at.parties);
  const size = () =>
    JSON.stringify(Object.values(known).map((it) => (it as { size?: number }).size));
  const before = size();
  for (let i = 0; i < 100; i += 1) {
    const id = idOf(`なし ${i}`);
    expect(known.rows(id, 'name')).toEqual([]);
    expect(known.naming(`act:${id}`)).toEqual([]);
    expect(known.links.from(id)).toEqual([]);
  }
  expect(size()).toBe(before);
});

test('a ledger that has not come to n was waited for by asking for ever', async () => {
  await opened('beyond');
  const parties = new KeptParties(register.pool, new ChangeLog(register.pool, register.names));
  const at = await states();
  await expect(parties.at(at.parties.n + 1, at.register, at.parties)).rejects.toThrow(RangeError);
});
