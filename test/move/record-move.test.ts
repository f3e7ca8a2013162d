import { afterEach, beforeEach, expect, test } from 'vitest';

import { systemClock } from '../../src/clock.js';
import { readRegister } from '../../src/register/register-history.js';
import { ownStream } from '../../src/move/survey.js';
import { recordedMove, recordMove } from '../../src/move/record-move.js';
import { openedPlace } from './moving.js';
import { type MadePlace, register } from './places.js';

let place: MadePlace;
beforeEach(async () => {
  place = await openedPlace('record_move');
});
afterEach(() => place.dispose());

const way = {
  from: 'postgres://10.1.2.3:5432/musubi?register=test',
  to: 'esdb://a:2113,b:2113,c:2113?register=test',
};
const digest = 'ab'.repeat(32);

test('RegisterMoved says the way and the digest, by whom, and keeps the reason sealed', async () => {
  const store = await place.openStore();
  const stream = ownStream(register);
  const { records } = await readRegister(store, stream);
  const by = records[0]!.event.actor;
  const moving = { ...way, digest, by, ground: '三号機の更新' };
  const first = await recordMove(store, systemClock, stream, moving);
  expect(first.n).toBe(1);
  expect(await recordMove(store, systemClock, stream, moving)).toEqual(first);
  expect(
    await recordMove(store, systemClock, stream, { ...moving, digest: 'cd'.repeat(32) }),
  ).toEqual({ n: 2, id: expect.any(String) });

  const after = await readRegister(store, stream);
  expect(after.records[1]?.event).toEqual({
    id: first.id,
    stream: 'musubi-test-register-own',
    revision: 1,
    type: 'RegisterMoved',
    v: 1,
    data: { ...way, digest },
    reason: { sealed: expect.stringMatching(/^[\da-f]{64}$/) },
    recordedAt: expect.stringMatching(/Z$/),
    actor: { account: by.account, role: 'administrator', body: by.body },
    correlation: expect.any(String),
    command: { id: expect.any(String), digest: expect.stringMatching(/^[\da-f]{64}$/) },
    salt: expect.any(String),
  });
  expect(after.grants).toEqual((await readRegister(store, stream)).grants);
  expect(recordedMove(after.records, way, 0)).toEqual({ ...first, digest });
  expect(recordedMove(after.records, way, 2)).toBeUndefined();
  expect(recordedMove(after.records, { from: way.to, to: way.from }, 0)).toBeUndefined();
  await store.close();
});

test('two that record the same move at once record it once', async () => {
  const [one, other] = [await place.openStore(), await place.openStore()];
  const stream = ownStream(register);
  const { records } = await readRegister(one, stream);
  const moving = { ...way, digest, by: records[0]!.event.actor, ground: '移転' };
  const both = await Promise.all(
    [one, other, one, other].map((store) => recordMove(store, systemClock, stream, moving)),
  );
  expect(new Set(both.map(({ id }) => id)).size).toBe(1);
  expect(await one.head()).toMatchObject({ n: 1 });
  await one.close();
  await other.close();
});
