import { UnexpectedHistory } from '../event-store.js';

/** A place in the server's log. It stays below 2^53 for nine thousand terabytes of log. */
export type LogPosition = number;

/** As checkpoints keep it; the prefix tells it from another store's. */
export function positionText(position: LogPosition): string {
  return `esdb:${position}`;
}

/** @throws UnexpectedHistory for another store's position */
export function readPosition(text: string): LogPosition {
  const found = /^esdb:(\d{1,16})$/.exec(text);
  if (found !== null) return Number(found[1]);
  throw new UnexpectedHistory(
    `${text} is no position of EventStoreDB: this checkpoint belongs to another store`,
  );
}
