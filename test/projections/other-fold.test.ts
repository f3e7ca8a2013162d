import { afterAll, beforeAll, expect, test } from 'vitest';

import { Counter, CounterHandler } from '../../projections/counter/counter.query.js';
import { now } from '../../projections/known.js';
import { LedgerNotBuilt } from '../../projections/ledger-states.js';
import { thePublic } from '../../src/identity/principal.js';
import { idOf } from '../support/event-builder.js';
import { day, ReadSide } from './support/read-side.js';
import { municipalities } from './support/sources.js';

let register: ReadSide;
beforeAll(async () => {
  register = await ReadSide.open('other fold');
  register.start();
  await register.append(...municipalities());
  await register.caughtUp();
});
afterAll(() => register.close());

async function ask(): Promise<string> {
  const asked = { on: day('2020-01-01'), known: now, reader: thePublic };
  const person = { resident: idOf('横浜市') };
  const query = new Counter({ ...asked, person, purpose: { field: '図書館' } });
  return (await new CounterHandler(register.models).execute(query)).text;
}

test('rows that the fold of another program made were read as if they were ours', async () => {
  await expect(ask()).resolves.toContain('横浜市');
  await register.pool.query(
    `update projection.checkpoint set fold = fold - 1 where ledger = 'counter' and serves`,
  );
  await expect(ask()).rejects.toThrow(LedgerNotBuilt);
});
