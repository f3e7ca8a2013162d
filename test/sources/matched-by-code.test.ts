import { afterEach, beforeEach, expect, test } from 'vitest';

import type { CommandResult } from '../../src/entries/command-result.js';
import { EnterActs } from '../../src/entries/enter-acts.js';
import { JudgeEntry } from '../../src/entries/judge-entry.js';
import { enterAndApprove, type Loaders } from '../../src/sources/enter-and-approve.js';
import { loadNationalList } from '../../src/sources/load-national-list.js';
import { loadersOf } from '../../src/sources/loaders.js';
import { type NationalList, readNationalList } from '../../src/sources/national-list.js';
import { loadPartiesAtStart } from '../../src/sources/parties-at-start.js';
import { openedRegister, type OpenedRegister } from '../support/register.js';

let register: OpenedRegister;
let loaders: Loaders;
/** The staff of the operator. */
let staff: Loaders;
let entries = 0;

beforeEach(async () => {
  register = await openedRegister('matched_by_code');
  loaders = (await loadersOf(register.store, register.names))!;
  const [registrar, approver] = await Promise.all(
    ['registrar', 'approver'].map((it) => register.signedIn(it)),
  );
  staff = { ...loaders, registrar: registrar!, approver: approver! };
});
afterEach(() => register.close());

const all = readNationalList();

/** The part of the national list with these codes. */
function listed(...codes: readonly string[]): NationalList {
  return { bodies: all.bodies.filter(({ code }) => codes.includes(code)), successions: [] };
}

const load = (list: NationalList) =>
  loadNationalList(
    register.bus,
    { list, sources: { documents: [], entries: [] } },
    { loaders, store: register.store, names: register.names },
  );

async function entered(data: object, more: object = {}): Promise<string> {
  const acts = [{ type: 'PartyRegistered', data, ...more }];
  const key = `staff ${(entries += 1)}`;
  const { id } = await enterAndApprove(register.bus, staff, {
    kind: 'party',
    id: undefined,
    acts,
    key,
  });
  return id;
}

/** Registered by a person, waiting for another's approval. */
function waiting(data: object): Promise<CommandResult> {
  return register.bus.execute(
    new EnterActs(staff.registrar, {
      kind: 'party',
      acts: [{ type: 'PartyRegistered', data }],
      shared: { authority: { kind: 'source' } },
      idempotencyKey: `staff ${(entries += 1)}`,
    }),
  );
}

async function reject({ id, entry, digest }: CommandResult): Promise<void> {
  await register.bus.execute(
    new JudgeEntry(staff.approver, {
      stream: { kind: 'party', id },
      approve: false,
      entry: entry ?? '',
      digest: digest ?? '',
      idempotencyKey: `staff ${(entries += 1)}`,
    }),
  );
}

/** Acts on party streams by their type. */
async function acts(type: string): Promise<readonly { stream: string; data: object }[]> {
  const found: { stream: string; data: object }[] = [];
  for await (const { stream, body } of register.store.readAll(null)) {
    const event = JSON.parse(body) as { type: string; data: object };
    if (event.type === type) found.push({ stream, data: event.data });
  }
  return found;
}

const yaizu = { kind: 'municipality', name: '焼津市', code: '222127' };

test('a ceased party was taken for the body whose code it once had', async () => {
  const old = await entered({ ...yaizu, kind: 'municipality', name: '旧焼津町' });
  const key = 'staff merger';
  const heir = { kind: 'municipality', name: '焼津市' };
  const { id } = await enterAndApprove(register.bus, staff, {
    kind: 'party',
    id: undefined,
    acts: [
      { type: 'PartyRegistered', data: heir },
      {
        type: 'PartySucceeded',
        effective: '2008-11-01',
        data: {
          manner: 'merger',
          predecessors: [old],
          successors: ['self'],
          ceased: [old],
          code: '222127',
        },
      },
    ],
    key,
  });
  const { added } = await load(listed('222127'));
  expect(added).toBe(1);
  expect(await acts('PartyRegistered')).toHaveLength(2);
  const [office] = await acts('OfficeLocated');
  expect(office?.stream.endsWith(id)).toBe(true);
});

test('a party that got another code long ago was taken for the body that has its old one', async () => {
  const other = await entered({ ...yaizu, name: '大井川町' });
  await enterAndApprove(register.bus, staff, {
    kind: 'party',
    id: other,
    acts: [{ type: 'CodeAssigned', effective: '1990-04-01', data: { code: '224243' } }],
    key: 'staff code',
  });
  await load(listed('222127'));
  expect((await acts('PartyRegistered')).map(({ data }) => data)).toMatchObject([
    { name: '大井川町' },
    { name: '焼津市' },
  ]);
});

test('a ward on record under the code that it got later was registered a second time', async () => {
  const city = await entered({ kind: 'municipality', name: '浜松市', code: '221309' });
  await entered({ kind: 'ward', name: '天竜区', code: '221406', partOf: city });
  await load(listed('221309', '221376'));
  expect(await acts('PartyRegistered')).toHaveLength(2);
  expect(await acts('CodeAssigned')).toEqual([]);
});

test('a body whose pending registration was rejected was left out for good', async () => {
  const pending = await waiting(yaizu);
  const start = () => loadPartiesAtStart(register.bus, register, () => undefined);
  const loaded = async () =>
    (await register.pool.query('select from office.sources_loaded')).rowCount;
  const registered = async () =>
    (await acts('PartyRegistered')).filter(
      ({ data }) => (data as { code?: string }).code === '222127',
    );
  await start();
  expect([await loaded(), (await registered()).length]).toEqual([0, 1]);
  await reject(pending);
  await start();
  expect([await loaded(), (await registered()).length]).toEqual([1, 2]);
}, 180_000);
