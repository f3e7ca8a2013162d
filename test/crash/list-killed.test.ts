import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, expect, test } from 'vitest';

import type { ListProgress } from '../../src/http/facility-lists/list-progress.js';
import { inCurrentForm, library } from '../facilities/list-file.js';
import { Processes, type Serving } from '../several/processes.js';
import type { Office } from './writers.js';

const rows = 400;

let processes: Processes;
let office: Office;
let serving: Serving;
let id: string;

beforeAll(async () => {
  processes = await Processes.on('list_killed');
  serving = await processes.start();
  office = await processes.office(serving.url);
  const bytes = inCurrentForm(
    ...Array.from({ length: rows }, (_, i) =>
      library({ ID: `L${i}`, 名称: `分館${i}`, 所在地_連結表記: '', 所在地_番地以下: '' }),
    ),
  );
  const sent = await ask('?owner=141003&on=2020-09-01', office.registrar, 'text/csv', bytes);
  ({ id } = sent);
  expect(sent).toMatchObject({ state: 'waiting', of: rows });
}, 120_000);
afterAll(() => processes.dispose());

async function ask(
  path: string,
  token: string,
  type?: string,
  body: Buffer | string = '',
): Promise<ListProgress> {
  const response = await fetch(`${serving.url}/api/facility-lists${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      ...(type === undefined ? {} : { 'content-type': type }),
    },
    ...(type === undefined ? {} : { body: new Uint8Array(Buffer.from(body)) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${text}`);
  return JSON.parse(text) as ListProgress;
}

/** Kills the server once so many rows are as the condition says, in the midst of the call. */
async function killedAfter(count: number, condition: string, call: () => Promise<unknown>) {
  const under = call().then(
    () => 'done',
    () => 'cut off',
  );
  for (;;) {
    const { rows: found } = await processes.client.query<{ n: number }>(
      `select count(*)::int as n from office.facility_list_row where list = $1 and ${condition}`,
      [id],
    );
    if ((found[0]?.n ?? 0) >= count) break;
    await pause(2);
  }
  await serving.program.end('SIGKILL');
  expect(await under).toBe('cut off');
  serving = await processes.start();
}

/** Calls until nothing is left; a server that was killed may hold the list for a moment. */
async function through(path: string, token: string, done: string, body?: object) {
  for (;;) {
    const type = body === undefined ? undefined : 'application/json';
    const progress = await ask(path, token, type, JSON.stringify(body)).catch((fault: Error) => {
      if (!fault.message.includes('facility-list/in-progress')) throw fault;
      return undefined;
    });
    if (progress?.state === done) return progress;
    await pause(50);
  }
}

const numbersOf = async () => {
  const { rows: found } = await processes.client.query<{
    type: string;
    events: number;
    streams: number;
  }>(
    `select type, count(*)::int as events, count(distinct stream)::int as streams
       from musubi.event where stream like '%-facility-%' group by type order by type`,
  );
  return found.map(({ type, events, streams }) => [type, events, streams]);
};

test('a server killed three times takes each row once, and approves it once', async () => {
  await killedAfter(40, `state = 'entered'`, () => ask(`/${id}/application`, office.registrar));
  await killedAfter(150, `state = 'entered'`, () => ask(`/${id}/application`, office.registrar));
  const applied = await through(`/${id}/application`, office.registrar, 'applied');
  expect(applied).toMatchObject({ done: rows, entries: rows });
  expect(await numbersOf()).toEqual([['FacilityRegistered', rows, rows]]);

  const body = { digest: applied.digest };
  await killedAfter(60, 'judged is not null', () =>
    ask(`/${id}/approvals`, office.approver, 'application/json', JSON.stringify(body)),
  );
  const approved = await through(`/${id}/approvals`, office.approver, 'approved', body);
  expect(approved).toMatchObject({ judged: rows });
  expect(await numbersOf()).toEqual([
    ['EntryApproved', rows, rows],
    ['FacilityRegistered', rows, rows],
  ]);
}, 240_000);
