import { afterEach, beforeEach, expect, test } from 'vitest';

import {
  RepeatedEventId,
  type SealedValue,
  StoreUnavailable,
  WrongExpectedRevision,
} from '../../src/event-sourcing/event-store.js';
import { newEvent, newEvents } from '../contract/contract-store.js';
import { storeOnDouble, type StoreOnDouble } from './store-on-double.js';

let on: StoreOnDouble;

beforeEach(async () => {
  on = await storeOnDouble();
});
afterEach(() => on.close());

const sealed = (commitment: string): SealedValue => {
  return { commitment, salt: 's', ciphertext: 'x', key: 'k' };
};

async function kept(): Promise<readonly string[]> {
  const { rows } = await on.client.query<{ commitment: string }>(
    `select commitment from ${on.schemas.vaultSchema}.sealed_value order by commitment`,
  );
  return rows.map(({ commitment }) => commitment);
}

test('a value is in the vault before its event is sent, and stays when the append fails', async () => {
  const store = await on.open();
  const stream = `${on.prefix}party-1`;
  await store.append(stream, -1, newEvents(1), [sealed('first')]);
  await expect(store.append(stream, -1, newEvents(1), [sealed('late')])).rejects.toThrow(
    WrongExpectedRevision,
  );
  on.double.faults.denyAccess({ calls: ['append'] });
  await expect(store.append(stream, 0, newEvents(1), [sealed('denied')])).rejects.toThrow(
    StoreUnavailable,
  );
  on.double.faults.clear();
  // Nobody's event holds them: a sweep finds them, and a repetition finds its value there.
  expect(await kept()).toEqual(['denied', 'first', 'late']);
  await store.append(stream, 0, newEvents(1), [sealed('late')]);
  expect(await kept()).toEqual(['denied', 'first', 'late']);
});

test('an append that never went out leaves its value, and is repeated with it', async () => {
  const store = await on.open();
  await store.append(`${on.prefix}party-1`, -1, newEvents(1));
  const stream = `${on.prefix}party-2`;
  const event = newEvent();
  on.double.faults.silentAfter(0, { calls: ['subscription'] });
  on.double.cutConnections();
  on.double.faults.silent({ calls: ['append'] });
  const append = () => store.append(stream, -1, [event], [sealed('v')]);
  await expect(append()).rejects.toThrow(StoreUnavailable);
  expect(await kept()).toEqual(['v']);
  on.double.faults.clear();
  on.double.cutConnections();
  expect(await append()).toMatchObject({ n: 1, revision: 0 });
  expect(on.double.log).toHaveLength(2);
});

test('an id that is stored already, with other bytes or elsewhere, is refused', async () => {
  const store = await on.open();
  const stream = `${on.prefix}party-1`;
  const event = newEvent({ name: '鎌倉市' });
  await store.append(stream, -1, [event]);
  const other = newEvent({ name: '逗子市' });
  const altered = { ...other, id: event.id, body: other.body.replaceAll(other.id, event.id) };
  await expect(store.append(stream, -1, [altered])).rejects.toThrow(RepeatedEventId);
  await expect(store.append(`${on.prefix}party-2`, -1, [event])).rejects.toThrow(RepeatedEventId);
  await expect(store.append(stream, 0, [event])).rejects.toThrow(RepeatedEventId);
  const half = [event, newEvent()];
  await expect(store.append(stream, -1, half)).rejects.toThrow(RepeatedEventId);
  expect(on.double.log).toHaveLength(1);
  expect(await store.append(stream, -1, [event])).toMatchObject({ n: 0 });
});

test('an id that the server stored twice stays with its first event, and both are in the register', async () => {
  const store = await on.open();
  const event = newEvent();
  await store.append(`${on.prefix}party-1`, -1, [event]);
  const [stored] = on.double.log;
  on.double.cluster.log.append(`${on.prefix}party-2`, 'no_stream', [stored!]);
  expect(await store.head()).toMatchObject({ n: 1 });
  expect(await store.append(`${on.prefix}party-1`, -1, [event])).toMatchObject({ n: 0 });
  expect(await store.append(`${on.prefix}party-2`, -1, [event])).toMatchObject({ n: 1 });
});
