import { StoreUnavailable } from '../event-store.js';

/** Milliseconds for one call to the server. */
export const patience = 10_000;

interface Reading<E> extends AsyncIterable<E> {
  cancel(): Promise<void>;
}

/**
 * Everything a read gives, with a limit of its own, since the client's reads have none.
 * @param missing what a stream that is not there gives; without it the client's fault is passed on
 * @throws StoreUnavailable
 */
export async function collected<E>(
  open: () => Reading<E>,
  { missing }: { readonly missing?: E[] } = {},
): Promise<E[]> {
  const read = open();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    void read.cancel();
  }, patience);
  try {
    const found: E[] = [];
    for await (const it of read) found.push(it);
    if (late) throw new StoreUnavailable(`no answer within ${patience} ms`);
    return found;
  } catch (fault) {
    if (missing !== undefined) {
      return typeOf(fault) === 'stream-not-found' ? missing : unavailable(fault);
    }
    throw fault;
  } finally {
    clearTimeout(timer);
    await read.cancel();
  }
}

/** The client's word for what went wrong; raw errors have none. */
export function typeOf(fault: unknown): string | undefined {
  const type = typeof fault === 'object' && fault !== null && 'type' in fault && fault.type;
  return typeof type === 'string' ? type : undefined;
}

/** @throws StoreUnavailable */
export function unavailable(fault: unknown): never {
  if (fault instanceof StoreUnavailable) throw fault;
  throw new StoreUnavailable(typeOf(fault) ?? String(fault), { cause: fault });
}
