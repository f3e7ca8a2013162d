import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { instantFromPostgres, isInstant } from '../../src/event-sourcing/instant.js';

test('what the clock writes is an instant', () => {
  const day = fc.date({
    noInvalidDate: true,
    min: new Date('0001-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59.999Z'),
  });
  fc.assert(fc.property(day, (it) => isInstant(it.toISOString())));
});

test.each([
  '2026-02-30T00:00:00.000Z',
  '2026-02-03T24:00:00.000Z',
  '2026-02-03T00:00:00Z',
  '2026-02-03T00:00:00.0000Z',
  '2026-02-03T00:00:00.000+00:00',
  '2026-02-03 00:00:00.000Z',
  '+012026-02-03T00:00:00.000Z',
  ' 2026-02-03T00:00:00.000Z',
  '',
])('"%s" is not', (text) => {
  expect(isInstant(text)).toBe(false);
});

test.each([
  ['2026-11-22 05:44:14+00', '2026-11-22T05:44:14.000Z'],
  ['2026-11-22 05:44:14.1+00', '2026-11-22T05:44:14.100Z'],
  ['2026-11-22 05:44:14.12+00', '2026-11-22T05:44:14.120Z'],
  ['2026-11-22 05:44:14.123+00', '2026-11-22T05:44:14.123Z'],
  ['0001-01-01 00:00:00.007+00', '0001-01-01T00:00:00.007Z'],
])('the database writes %s for %s', (text, instant) => {
  expect(instantFromPostgres(text)).toBe(instant);
});
