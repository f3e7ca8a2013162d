import { setTimeout as wait } from 'node:timers/promises';

const shortest = 50;
const longest = 5_000;

/**
 * Waits before another try: 50 ms, doubling up to 5 s, jittered so that processes which lost the
 * same server do not come back together. Ends early, without a fault, when the signal aborts.
 * @param failures how many tries have failed, from 1
 */
export async function backOff(failures: number, signal?: AbortSignal): Promise<void> {
  const bound = Math.min(longest, shortest * 2 ** Math.min(failures, 10));
  await pause(bound * (0.5 + Math.random() / 2), signal);
}

/** Waits; ends early, without a fault, when the signal aborts. */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await wait(milliseconds, undefined, signal && { signal }).catch(() => undefined);
}
