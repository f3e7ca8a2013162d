import { expect } from 'vitest';

import type { CounterAnswer, CounterRow } from '../../projections/counter/counter.answer.js';
import type { Asker, TestApplication } from '../support/application.js';

/** The question as it stands in the query string. */
export interface Asks {
  readonly lives?: string;
  readonly works?: string;
  readonly studies?: string;
  readonly purpose: string;
  readonly on?: string;
  readonly partner?: string;
  readonly after?: string;
  readonly limit?: string;
  readonly known?: string;
}

export type Row = CounterRow;

/** The counter's answer over HTTP, with everything that the register has by now. */
export async function asking(
  app: TestApplication,
  asks: Asks,
  as: Asker = 'public',
): Promise<CounterAnswer> {
  const query = new URLSearchParams({ ...asks, 'at-least': String(await app.head()) });
  const answer = await app.get<CounterAnswer>(`/api/counter?${query.toString()}`, { as });
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
}
