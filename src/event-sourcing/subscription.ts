import { unlessAborted } from './aborting.js';
import { backOff } from './back-off.js';
import type { Delivery } from './event-store.js';
import { mayPass } from './postgres-faults.js';
import type { FetchPage, Page } from './postgres-pages.js';
import type { Wakes } from './wakes.js';

export interface SubscriptionSource {
  readonly fetch: FetchPage;
  readonly wakes: Wakes;
  /** Refuses a number that the register has not reached. */
  readonly refuseBeyondHead: (n: number) => Promise<unknown>;
  readonly pollMs: number;
}

/**
 * Everything after a number, and then what comes. Each page is fetched after the last number that
 * was delivered, so a lost connection neither loses nor doubles.
 */
export async function* deliveries(
  source: SubscriptionSource,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<Delivery, void, undefined> {
  let delivered = after;
  let coming: Promise<Page | undefined> | undefined;
  let announced = false;
  let failures = 0;

  const fetch = async (from: number): Promise<Page | undefined> => {
    try {
      const page = await source.fetch(from);
      // A server may come back restored from a backup, and end before what was delivered.
      if (page.events.length === 0) await source.refuseBeyondHead(from);
      failures = 0;
      return page;
    } catch (fault) {
      if (!mayPass(fault)) throw fault;
      failures += 1;
      return undefined;
    }
  };

  while (!signal.aborted) {
    const ticket = source.wakes.ticket();
    const page: Page | undefined = await unlessAborted(coming ?? fetch(delivered), signal);
    coming = undefined;
    if (page === undefined) {
      await backOff(failures, signal);
      continue;
    }
    const end = page.events.at(-1);
    if (end !== undefined) {
      if (!page.last) {
        coming = fetch(end.n);
        coming.catch(() => undefined);
      }
      for (const event of page.events) {
        if (signal.aborted) return;
        yield { kind: 'event', event };
      }
      delivered = end.n;
      announced = false;
      yield { kind: 'checkpoint', checkpoint: { position: end.position, n: end.n } };
    }
    if (!page.last || signal.aborted) continue;
    if (!announced) yield { kind: 'caught-up' };
    announced = true;
    await source.wakes.after(ticket, source.pollMs, signal);
  }
}
