import { Pool } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { systemClock } from '../../src/clock.js';
import { Accounts } from '../../src/identity/accounts.js';
import { newEvents } from '../contract/contract-store.js';
import { authority, cli, moved, openedPlace, type Said, tryMove, words } from './moving.js';
import { firstPlace, type MadePlace } from './places.js';

/** Both ends as they stand: what they hold and whether they take appends. */
async function stateOf(place: MadePlace) {
  const store = await place.openStore();
  const state = { n: (await store.head())?.n ?? -1, readOnly: await store.readOnly() };
  await store.close();
  return state;
}

async function setReadOnly(place: MadePlace, reason: string | null): Promise<void> {
  const store = await place.openStore();
  await store.setReadOnly(reason);
  await store.close();
}

async function append(place: MadePlace, count: number): Promise<void> {
  const store = await place.openStore();
  await store.append(`musubi-test-party-${count}`, -1, newEvents(count));
  await store.close();
}

const refused = (said: Said, code: string, ...texts: readonly string[]) => {
  expect(said.text).toContain(`（${code}）`);
  for (const text of texts) expect(said.text).toContain(text);
  expect([said.exit, said.out]).toEqual([1, []]);
};

describe('what a move cannot begin with is refused before anything is touched', () => {
  let here: MadePlace;
  let there: MadePlace;
  beforeEach(async () => {
    [here, there] = [await openedPlace('refused'), await firstPlace.make('refused_target')];
  });
  afterEach(async () => {
    expect(await stateOf(here)).toMatchObject({ n: expect.any(Number) });
    await here.dispose();
    await there.dispose();
  });

  test('the same place twice, also by another address', async () => {
    refused(await tryMove(here, here), 'move/same-place');
    const url = new URL(here.databaseUrl);
    url.hostname = 'localhost';
    const alias = { ...here, place: 'env:ALIAS', environment: { ALIAS: url.href } };
    refused(await tryMove(here, alias), 'move/same-place');
    expect(await stateOf(here)).toEqual({ n: 0, readOnly: null });
  });

  test('a target with events of another register, named with the number where it differs', async () => {
    const store = await here.openStore();
    const other = await there.openStore();
    await other.import(store.readAll(null));
    for (const it of [store, other]) {
      await it.append('musubi-test-party-1', -1, newEvents(2));
      await it.close();
    }
    refused(await tryMove(here, there), 'move/other-events', '登録番号 1 の');
    expect(await stateOf(here)).toEqual({ n: 2, readOnly: null });
    expect(await stateOf(there)).toEqual({ n: 2, readOnly: null });

    await append(there, 5);
    refused(await tryMove(here, there), 'move/other-events', '登録番号 3 から');
    expect(await stateOf(here)).toEqual({ n: 2, readOnly: null });
  });

  test('a register that is not there, and a source without any', async () => {
    const unknown = await tryMove(here, there, '--register', 'other');
    refused(unknown, 'move/register-unknown', '「other」');
    refused(await tryMove(there, here), 'move/register-unknown');
    // Nobody's database becomes a register because somebody looked.
    const pool = new Pool({ connectionString: there.databaseUrl });
    const made = await pool.query(`select to_regclass('musubi.event') is null as none`);
    expect(made.rows).toEqual([{ none: true }]);
    await pool.end();
  });

  test('somebody unknown, somebody who is no administrator, and one who was disabled', async () => {
    const by = (login: string) =>
      cli({ ...here.environment, ...there.environment }, [
        ...words(here, there, '--login', login, '--ground', '移転'),
      ]);
    refused(await by('nobody'), 'account/unknown', '「nobody」');
    refused(await by('registrar'), 'access/not-for-this-body', '「registrar」');
    const pool = new Pool({ connectionString: here.databaseUrl });
    await pool.query(`update office.account set disabled = true where login = 'administrator'`);
    await pool.end();
    refused(await by('administrator'), 'account/unknown');
    expect(await stateOf(here)).toEqual({ n: 0, readOnly: null });
  });

  test.each([
    ['年次の点検', 'move/source-read-only', '年次の点検'],
    ['move:esdb://others:2113?register=test', 'move/under-way-elsewhere', 'esdb://others:2113'],
    ['moved:esdb://others:2113?register=test', 'move/moved-elsewhere', 'esdb://others:2113'],
    ['arriving:esdb://others:2113?register=test', 'move/source-incomplete', 'esdb://others:2113'],
  ])('a source that is read-only because of %s', async (reason, code, told) => {
    await setReadOnly(here, reason);
    refused(await tryMove(here, there), code, told);
    expect(await stateOf(here)).toEqual({ n: 0, readOnly: reason });
  });

  test.each(['年次の点検', 'move:esdb://others:2113', 'arriving:esdb://others:2113'])(
    'a target that is read-only because of %s',
    async (reason) => {
      await setReadOnly(there, reason);
      refused(await tryMove(here, there), 'move/target-busy');
      expect(await stateOf(here)).toEqual({ n: 0, readOnly: null });
      expect(await stateOf(there)).toEqual({ n: -1, readOnly: reason });
    },
  );

  test('a database whose office belongs to somebody else', async () => {
    const other = await openedPlace('refused_office');
    const pool = new Pool({ connectionString: other.databaseUrl });
    await pool.query(`drop schema musubi, musubi_vault cascade`);
    await new Accounts(pool, systemClock).create('hanako', '花子');
    await pool.query(`delete from office.account where login <> 'hanako'`);
    await pool.end();
    refused(await tryMove(here, other), 'move/other-accounts', '「hanako」');
    expect(await stateOf(here)).toEqual({ n: 0, readOnly: null });
    await other.dispose();
  });

  test('a source that says it moved to where nothing is', async () => {
    await setReadOnly(here, `moved:${there.told}`);
    refused(await tryMove(here, there), 'move/target-lost');
    expect(await stateOf(here)).toMatchObject({ readOnly: `moved:${there.told}` });
  });

  test('two moves at once', async () => {
    const pool = new Pool({ connectionString: here.databaseUrl, max: 1 });
    await pool.query(`select pg_advisory_lock(hashtextextended('musubi move', 0))`);
    refused(await tryMove(here, there), 'move/under-way');
    await pool.end();
    expect(await moved(here, there)).toMatchObject({ left: 'copy' });
  });

  test('and a check says what would happen, and touches nothing either', async () => {
    const said = await tryMove(here, there, '--check');
    expect([said.exit, said.err]).toEqual([0, expect.stringContaining('1 件の記録を移します')]);
    expect(JSON.parse(said.out[0] ?? '')).toMatchObject({ check: true, left: 'copy', events: 1 });
    expect(await stateOf(here)).toEqual({ n: 0, readOnly: null });
    const pool = new Pool({ connectionString: there.databaseUrl });
    const { rows } = await pool.query(
      `select count(*)::int as n from pg_namespace where nspname !~ '^(pg_|information_schema|public)'`,
    );
    await pool.end();
    expect(rows).toEqual([{ n: 0 }]);
  });
});

describe('words that cannot be carried out', () => {
  const password = 'h1m1tsu%2Fw0rd';
  const secret = `postgres://clerk:${password}@127.0.0.1:1/musubi`;
  const plain = decodeURIComponent(password);

  const silent = ({ text }: Said) => {
    expect(text).not.toContain(password);
    expect(text).not.toContain(plain);
  };

  test.each([
    [['move']],
    [['move', '--from', 'embedded']],
    [['move', '--from', secret, '--to', secret]],
    [['move', '--from', secret, '--to', 'embedded', '--login', 'administrator']],
    [['move', secret, 'embedded']],
    [['move', `--form=${secret}`]],
    [['move', '--from', secret, '--to', 'embedded', '--from-database', secret, ...authority]],
    [['move', '--from', 'esdb://a:2113', '--to', 'esdb://b:2113', ...authority]],
    [['move', '--from', secret, '--to', 'esdb://b', '--to-database', 'esdb://b', ...authority]],
  ])('%s end with 2 and the usage', async (given) => {
    const said = await cli({}, given);
    expect([said.exit, said.err]).toEqual([2, expect.stringContaining('使い方:')]);
    silent(said);
  });

  test.each([
    'mysql://clerk:h1m1tsu/w0rd@127.0.0.1/musubi',
    'postgres://clerk:h1m1tsu/w0rd@127.0.0.1/musubi',
    'postgres://clerk:12/h1m1tsu/w0rd@127.0.0.1/musubi',
    'esdb://clerk:h1m1tsu/w0rd@/x',
    'env:NOWHERE',
    'env:SECRET',
  ])('%s is no place, and is not repeated', async (place) => {
    const given = ['move', '--from', place, '--to', 'embedded', ...authority];
    const said = await cli({ SECRET: 'mysql://clerk:h1m1tsu/w0rd@127.0.0.1/musubi' }, given);
    expect([said.exit, said.err]).toEqual([1, expect.stringContaining('move/place')]);
    expect(said.text).not.toContain('h1m1tsu');
  });

  test('a password on the command line is warned of, one in the environment is not; neither is shown', async () => {
    const bare = await cli({}, ['move', '--from', secret, '--to', 'embedded', ...authority]);
    expect([bare.exit, bare.err]).toEqual([1, expect.stringContaining('ほかの利用者に見えます')]);
    expect(bare.err).toContain('database/unreachable');
    silent(bare);
    const named = ['move', '--from', 'env:HERE', '--to', 'embedded', ...authority];
    const hidden = await cli({ HERE: secret }, named);
    expect(hidden.err).toContain('database/unreachable');
    expect(hidden.err).not.toContain('ほかの利用者に見えます');
    silent(hidden);
  });

  test('an embedded register that is not there is named', async () => {
    const said = await cli({}, ['move', '--from', 'embedded', '--to', secret, ...authority]);
    expect(said.err).toContain('/nonexistent に登録簿のデータがありません');
    expect(said.err).toContain('database/none');
    silent(said);
  });
});

describe('a move that was begun', () => {
  let here: MadePlace;
  let there: MadePlace;
  beforeAll(async () => {
    [here, there] = [await openedPlace('cancelled'), await firstPlace.make('cancelled_target')];
  });
  afterAll(async () => {
    await here.dispose();
    await there.dispose();
  });

  const cancel = (from: MadePlace, to?: MadePlace) =>
    cli(
      { ...from.environment, ...to?.environment },
      ['move', '--cancel', '--from', from.place, '--register', 'test'].concat(
        to === undefined ? [] : ['--to', to.place],
      ),
    );

  test('cannot be cancelled before it is begun', async () => {
    refused(await cancel(here), 'move/not-under-way');
    refused(await cancel(there), 'move/not-under-way');
  });

  test('is cancelled while the target is not complete, and can be begun again', async () => {
    await setReadOnly(here, `move:${there.told}`);
    await setReadOnly(there, `arriving:${here.told}`);
    const said = await cancel(here, there);
    expect([said.exit, said.err]).toEqual([0, expect.stringContaining('再び登録を受け付けます')]);
    expect(await stateOf(here)).toEqual({ n: 0, readOnly: null });
    expect(await stateOf(there)).toEqual({ n: -1, readOnly: null });

    const [store, target] = [await here.openStore(), await there.openStore()];
    await target.import(store.readAll(null));
    await store.close();
    await target.close();
    await setReadOnly(here, `move:${there.told}`);
    await setReadOnly(there, `arriving:${here.told}`);
    refused(await cancel(here, here), 'move/under-way-elsewhere', there.told);
    expect((await cancel(here, there)).exit).toBe(0);
    expect(await stateOf(there)).toEqual({ n: 0, readOnly: `moved:${here.told}` });

    await setReadOnly(here, `move:${there.told}`);
    expect((await cancel(here)).exit).toBe(0);
    expect(await stateOf(here)).toEqual({ n: 0, readOnly: null });
    await append(here, 3);
  });

  test('is not cancelled once the target has it, and run again it is done already', async () => {
    const first = await moved(here, there);
    expect(first).toMatchObject({ events: 4, found: 1, recorded: { n: 4 } });
    refused(await cancel(here), 'move/finished', there.told);
    refused(await cancel(here, there), 'move/finished');
    const { digest, recorded } = first;
    expect(await moved(here, there)).toMatchObject({ left: 'nothing', digest, recorded });
    expect(await stateOf(there)).toEqual({ n: 4, readOnly: null });
    await append(there, 2);
    expect(await moved(here, there)).toMatchObject({ left: 'nothing', recorded });
    expect(await stateOf(there)).toEqual({ n: 6, readOnly: null });
  });

  test('that died between the proof and the end goes on from there', async () => {
    const back = await firstPlace.make('cancelled_back');
    await setReadOnly(there, `moved:${back.told}`);
    await setReadOnly(back, `arriving:${there.told}`);
    refused(await cancel(there, back), 'move/finished');
    expect(await moved(there, back)).toMatchObject({ left: 'copy', events: 7, recorded: { n: 7 } });
    expect(await stateOf(back)).toEqual({ n: 7, readOnly: null });
    await setReadOnly(there, null);
    await back.dispose();
  });

  test('that died between the proof and the record is finished, whatever came in since', async () => {
    const back = await firstPlace.make('cancelled_back');
    await setReadOnly(there, `moved:${back.told}`);
    const [store, target] = [await there.openStore(), await back.openStore()];
    await target.import(store.readAll(null));
    await store.close();
    await target.close();
    await append(back, 7);
    refused(await cancel(there), 'move/finished');
    const finished = await moved(there, back);
    expect(finished).toMatchObject({ left: 'record', events: 7, recorded: { n: 14 } });
    expect(await moved(there, back)).toMatchObject({ left: 'nothing', recorded: { n: 14 } });
    await back.dispose();
  });
});
