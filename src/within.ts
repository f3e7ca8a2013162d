import { setTimeout as pause } from 'node:timers/promises';

/** What a task gives, or a fault when it takes longer. The task itself goes on unheard. */
export async function within<T>(milliseconds: number, task: () => Promise<T>): Promise<T> {
  const over = new AbortController();
  const late = pause(milliseconds, undefined, { signal: over.signal }).then(() => {
    throw new Error(`no answer within ${milliseconds} ms`);
  });
  const running = task();
  running.catch(() => undefined);
  late.catch(() => undefined);
  try {
    return await Promise.race([running, late]);
  } finally {
    over.abort();
  }
}
