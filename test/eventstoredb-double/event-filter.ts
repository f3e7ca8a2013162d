import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';

import type { LoggedEvent } from './logged-event.js';

/** Which events of the log a subscription gets, and how often it is told how far it is. */
export interface EventFilter {
  readonly allows: (event: LoggedEvent) => boolean;
  /** How many events of the log one search looks at. */
  readonly window: number;
  /** A checkpoint comes after so many events of the log. */
  readonly interval: number;
}

/** The size of a search when the client names none. */
export const pageSize = 32;

export function eventFilter(options: ReadReq.Options.FilterOptions): EventFilter {
  const expression = options.getStreamIdentifier() ?? options.getEventType();
  const subject: (event: LoggedEvent) => string = options.hasStreamIdentifier()
    ? (event) => event.stream
    : (event) => event.type;
  const window = options.hasMax() ? options.getMax() : pageSize;
  const interval = window * options.getCheckpointintervalmultiplier();
  const pattern = expression?.getRegex();
  if (pattern) {
    const regex = new RegExp(pattern);
    return { window, interval, allows: (event) => regex.test(subject(event)) };
  }
  const prefixes = expression?.getPrefixList() ?? [];
  const allows = (event: LoggedEvent) => prefixes.some((it) => subject(event).startsWith(it));
  return { window, interval, allows };
}
