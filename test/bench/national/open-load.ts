import type { ChildProcess } from 'node:child_process';

import { message } from '../load.js';

/** Requests at a fixed rate, whether or not those before were answered. */
export interface OpenLoadOrder {
  /** Each is asked once, in turn. */
  readonly urls: readonly string[];
  readonly connections: number;
  readonly perSecond: number;
}

export interface OpenLoadAnswer {
  /**
   * Milliseconds from when each request was due to the end of its answer, in the order asked: a
   * request that waits for a free connection, or for a generator that is late, waits on the clock.
   */
  readonly milliseconds: readonly number[];
  /** URLs that were answered with another status than 200. */
  readonly refused: readonly string[];
  readonly bytes: number;
}

/** @throws Error where an answer is refused: its speed would say nothing */
export async function openLoad(
  generator: ChildProcess,
  order: OpenLoadOrder,
): Promise<OpenLoadAnswer> {
  generator.send(order);
  const answer = await message<OpenLoadAnswer>(generator);
  const [url] = answer.refused;
  if (url !== undefined) throw new Error(`${answer.refused.length} refused, among them ${url}`);
  return answer;
}

/** The value below which a share of the values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
