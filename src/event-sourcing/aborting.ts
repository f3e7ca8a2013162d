/** The result of the work, or undefined as soon as the signal aborts; the work itself goes on. */
export async function unlessAborted<T>(
  work: Promise<T>,
  signal: AbortSignal,
): Promise<T | undefined> {
  let stop: () => void = () => undefined;
  const aborted = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined);
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/**
 * A generator that can be left while it waits: `return()` aborts first, since a generator alone
 * would answer only after the event that it is waiting for.
 */
export function leavable<T>(
  generate: (signal: AbortSignal) => AsyncGenerator<T, void, undefined>,
  ...signals: readonly AbortSignal[]
): AsyncIterableIterator<T> {
  const leaving = new AbortController();
  const generator = generate(AbortSignal.any([leaving.signal, ...signals]));
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () => generator.next(),
    return: () => {
      leaving.abort();
      return generator.return();
    },
  };
}
