import { afterAll, beforeAll, expect, test } from 'vitest';

import { now } from '../../projections/known.js';
import type { MutualUseAnswer } from '../../projections/mutual-use/mutual-use.answer.js';
import { MutualUse, MutualUseHandler } from '../../projections/mutual-use/mutual-use.query.js';
import { thePublic } from '../../src/identity/principal.js';
import { idOf } from '../support/event-builder.js';
import { day, ReadSide } from './support/read-side.js';
import { library, libraryTable, municipalities } from './support/sources.js';

let register: ReadSide;

beforeAll(async () => {
  register = await ReadSide.open('mutual use');
  register.start();
  await register.append(...municipalities());
  for (const it of libraryTable) await register.append(...library(it).events);
  await register.caughtUp();
});
afterAll(() => register.close());

async function libraries(on: string): Promise<MutualUseAnswer> {
  const query = new MutualUse({
    with: idOf('横浜市'),
    field: '図書館',
    on: day(on),
    known: now,
    reader: thePublic,
  });
  return (await new MutualUseHandler(register.models).execute(query)).read<MutualUseAnswer>();
}

test('the table of the source comes back row for row', async () => {
  const { rows } = await libraries('2018-04-03');
  const table = rows.map(({ partner, signed, serviceStart, facilities }) => ({
    partner: partner.name,
    signed: signed?.wareki,
    start: serviceStart?.wareki,
    count: facilities.count,
  }));
  expect(table).toEqual(libraryTable);
});

test.each([
  ['2017-02-28', { certain: 0, possible: 0 }],
  ['2017-03-01', { certain: 4, possible: 4 }],
  ['2018-04-02', { certain: 4, possible: 4 }],
  ['2018-04-03', { certain: 5, possible: 5 }],
])('on %s so many cities share their libraries', async (on, total) => {
  expect((await libraries(on)).total).toEqual(total);
});
