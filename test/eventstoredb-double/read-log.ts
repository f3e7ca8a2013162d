import type { EventFilter } from './event-filter.js';
import { pageSize } from './event-filter.js';
import type { EventLog } from './event-log.js';
import { compare, positionAt, type LogPosition } from './log-position.js';
import type { LoggedEvent } from './logged-event.js';
import type { Outlet } from './outlet.js';
import { unexpected } from './statuses.js';

export interface Page {
  readonly events: readonly LoggedEvent[];
  readonly considered: number;
  readonly next: LogPosition;
  readonly atEnd: boolean;
}

/** One search of the log forwards from a position on; undefined where no record begins. */
export function logPage(
  log: EventLog,
  from: LogPosition,
  filter?: Pick<EventFilter, 'allows' | 'window'>,
): Page | undefined {
  const start = { commit: Math.max(from.commit, 0), prepare: Math.max(from.prepare, 0) };
  if (!log.beginsRecord(start.commit)) return undefined;
  const events: LoggedEvent[] = [];
  let [considered, next] = [0, start];
  let place = log.placeOf(start.commit);
  while (events.length < pageSize && considered < (filter?.window ?? Infinity)) {
    const event = log.events[place++];
    if (!event) return { events, considered, next, atEnd: true };
    if (compare(positionAt(event.position), start) < 0) continue;
    considered++;
    if (filter?.allows(event) ?? true) events.push(event);
    next = { commit: event.end, prepare: 0 };
  }
  return { events, considered, next, atEnd: false };
}

/** `$all` forwards, the event at the position included. */
export async function readAllForwards(
  log: EventLog,
  outlet: Outlet,
  from: LogPosition | 'end',
  count: number,
): Promise<void> {
  if (from === 'end') return outlet.end();
  if (!log.beginsRecord(from.commit))
    return outlet.fail(unexpected('ReadAllResult: InvalidPosition'));
  const first = log.placeOf(from.commit);
  for (let place = first; place < first + count; place++) {
    const event = log.events[place];
    if (!event) break;
    await outlet.event(event);
  }
  outlet.end();
}

/** `$all` backwards, the event at the position left out. */
export async function readAllBackwards(
  log: EventLog,
  outlet: Outlet,
  from: LogPosition | 'end',
  count: number,
): Promise<void> {
  if (from !== 'end') {
    if (log.isPastEnd(from.commit)) return outlet.fail(unexpected('ReadAllResult: Error'));
    if (!log.beginsRecord(from.commit))
      return outlet.fail(unexpected('ReadAllResult: InvalidPosition'));
  }
  const first = from === 'end' ? log.events.length : log.placeOf(from.commit);
  for (let place = first - 1; place >= Math.max(0, first - count); place--) {
    const event = log.events[place];
    if (!event) break;
    await outlet.event(event);
  }
  outlet.end();
}
