import { setTimeout as pause } from 'node:timers/promises';

import { Refusal } from '../src/entries/domain/refusal.js';

/** Calls until nothing is left to do; while somebody else works on the same list, waits for him. */
export async function untilThrough<P>(
  call: () => Promise<P>,
  isThrough: (progress: P) => boolean,
  tell: (progress: P) => void,
): Promise<P> {
  for (;;) {
    const progress = await call().catch(async (fault: unknown) => {
      if (!(fault instanceof Refusal) || fault.code !== 'facility-list/in-progress') throw fault;
      await pause(1_000);
      return undefined;
    });
    if (progress === undefined) continue;
    tell(progress);
    if (isThrough(progress)) return progress;
  }
}
