import type { EventLog } from './event-log.js';
import type { Outlet } from './outlet.js';
import { caughtUp, confirmation } from './subscription-messages.js';

/**
 * Events of one stream after a revision (-1: all), then those that are appended.
 * @throws CallOver when the client has gone.
 */
export async function subscribeToStream(
  log: EventLog,
  outlet: Outlet,
  stream: string,
  after: number | 'end',
): Promise<void> {
  let wake = () => {};
  const stopWatching = log.watch((event) => {
    if (event.stream === stream) wake();
  });
  try {
    await outlet.message(confirmation());
    await outlet.begin();
    let next = after === 'end' ? log.stream(stream).length : after + 1;
    for (let live = false; ;) {
      const event = log.stream(stream)[next];
      if (event) {
        next++;
        await outlet.event(event);
      } else if (live) await outlet.unlessOver(new Promise((resolve) => (wake = resolve)));
      else {
        live = true;
        await outlet.message(caughtUp());
      }
    }
  } finally {
    stopWatching();
  }
}
