import { expect, test } from 'vitest';

import { systemClock } from '../src/clock.js';

test('an instant is written in UTC with milliseconds, and agrees with the milliseconds', () => {
  const before = systemClock.millis();
  const instant = systemClock.instant();
  const after = systemClock.millis();

  expect(instant).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
  expect(Date.parse(instant)).toBeGreaterThanOrEqual(before);
  expect(Date.parse(instant)).toBeLessThanOrEqual(after);
});
