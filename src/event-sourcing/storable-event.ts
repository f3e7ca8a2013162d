import { isCanonicalText } from './canonical-json.js';
import { type NewEvent, UnstorableEvent } from './event-store.js';
import { isInstant } from './instant.js';

/** Bytes of UTF-8. Both stores can hold these sizes: EventStoreDB's limit for an append is 1 MiB. */
export const largestEvent = 64_000;
export const largestAppend = 1_048_576;
/** What an event weighs in an append besides body and type: more than the metadata that goes along. */
const besidesBody = 64;
/** How far a stamp may lie ahead of the writer's clock. Time of n never goes back, so one wrong
 * stamp of next year would date every later event. */
export const stampAhead = 10_000;

const lowerCaseUuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const nil = '00000000-0000-0000-0000-000000000000';
const lawfulName = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,199}$/u;

/**
 * Refuses, before anything is sent, an append that no store may hold.
 * @param now the writer's clock, in milliseconds
 * @returns the size of the append in bytes
 * @throws UnstorableEvent
 */
export function refuseUnstorable(
  stream: string,
  expectedRevision: number,
  events: readonly NewEvent[],
  now: number,
): number {
  if (!lawfulName.test(stream)) refuse('no lawful name of a stream', JSON.stringify(stream));
  if (!Number.isInteger(expectedRevision) || expectedRevision < -1) {
    refuse('no revision', String(expectedRevision));
  }
  if (events.length === 0) refuse('an append of no events', stream);
  if (new Set(events.map(({ id }) => id)).size < events.length) refuse('an id twice', stream);
  let size = 0;
  for (const event of events) {
    refuseUnstorableEvent(event);
    size += sizeInAppend(event);
    if (Date.parse(event.recordedAt) > now + stampAhead) {
      refuse(`recorded in the future, ${event.recordedAt}`, event.id);
    }
  }
  if (size > largestAppend) refuse(`an append of ${size} bytes, at most ${largestAppend}`, stream);
  return size;
}

/** Bytes as EventStoreDB counts them in an append: body, type in UTF-16, and what goes along. */
export function sizeInAppend({ type, body }: Pick<NewEvent, 'type' | 'body'>): number {
  return Buffer.byteLength(body) + 2 * type.length + besidesBody;
}

/** @returns bytes of the body. @throws UnstorableEvent */
export function refuseUnstorableEvent({ id, type, recordedAt, body }: NewEvent): number {
  if (!lowerCaseUuid.test(id) || id === nil) refuse('no lower-case UUID', JSON.stringify(id));
  if (!lawfulName.test(type)) refuse('no lawful name of a type', JSON.stringify(type));
  if (!isInstant(recordedAt)) refuse(`no instant with milliseconds, ${recordedAt}`, id);
  const size = Buffer.byteLength(body);
  if (size > largestEvent) refuse(`an event of ${size} bytes, at most ${largestEvent}`, id);
  if (!body.startsWith('{') || !isCanonicalText(body)) refuse('a body that is not canonical', id);
  return size;
}

function refuse(fault: string, what: string): never {
  throw new UnstorableEvent(`${what}: ${fault}`);
}
