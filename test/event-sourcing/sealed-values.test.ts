import { randomBytes } from 'node:crypto';

import { afterEach, beforeEach, expect, test } from 'vitest';

import type { SealedValue } from '../../src/event-sourcing/event-store.js';
import { newEvents } from '../contract/contract-store.js';
import {
  openPostgresContractStore,
  type PostgresRegister,
} from '../contract/postgres-contract-store.js';

let register: PostgresRegister;
beforeEach(async () => {
  register = await openPostgresContractStore();
});
afterEach(() => register.close());

function sealed(): SealedValue {
  const text = () => randomBytes(24).toString('base64');
  return {
    commitment: randomBytes(32).toString('hex'),
    salt: text(),
    ciphertext: text(),
    key: text(),
  };
}

async function vault(): Promise<readonly SealedValue[]> {
  const { rows } = await register.admin.query<SealedValue>(
    `select * from ${register.vaultSchema}.sealed_value`,
  );
  return rows;
}

test('sealed values are kept with the append that brings them', async () => {
  const values = [sealed(), sealed()];
  await register.store.append('agreement-1', -1, newEvents(2), values);
  expect(await vault()).toEqual(expect.arrayContaining(values));
});

test('what a refused append brings is not kept, though others of its group are stored', async () => {
  const [kept, alsoKept, refused] = [sealed(), sealed(), sealed()];
  const outcomes = await Promise.allSettled([
    register.store.append('agreement-1', -1, newEvents(1), [kept]),
    register.store.append('agreement-2', 4, newEvents(1), [refused]),
    register.store.append('agreement-3', -1, newEvents(1), [alsoKept]),
    register.store.append('agreement-4', -1, newEvents(1)),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
  ]);
  const commitments = (await vault()).map(({ commitment }) => commitment);
  expect(commitments.toSorted()).toEqual([kept.commitment, alsoKept.commitment].toSorted());
});

test('a value that is kept already is left as it is', async () => {
  const value = sealed();
  await register.store.append('agreement-1', -1, newEvents(1), [value]);
  await register.store.append('agreement-2', -1, newEvents(1), [value, { ...value, key: 'other' }]);
  expect(await vault()).toEqual([value]);
});

test('an append that is repeated after an erasure does not bring the value back', async () => {
  const events = newEvents(1);
  const first = await register.store.append('agreement-1', -1, events, [sealed()]);
  await register.admin.query(`delete from ${register.vaultSchema}.sealed_value`);
  expect(await register.store.append('agreement-1', -1, events, [sealed()])).toEqual(first);
  expect(await vault()).toEqual([]);
});
