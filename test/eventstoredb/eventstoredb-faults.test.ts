import { expect, test } from 'vitest';

import { StoreUnavailable, UnexpectedHistory } from '../../src/event-sourcing/event-store.js';
import {
  eventStoreDbFault,
  mayBeNoPlace,
  readingFault,
  toldByEventStoreDb,
} from '../../src/event-sourcing/eventstoredb/faults.js';

function fault(type?: string, code?: number, message = ''): Error {
  return Object.assign(new Error(message), type && { type }, code !== undefined && { code });
}

const notConnected =
  '14 UNAVAILABLE: No connection established. Last error: connect ECONNREFUSED 127.0.0.1:2113';

test.each([
  ['wrong-revision', fault('wrong-expected-version')],
  ['refused', fault('access-denied', 7)],
  ['refused', fault(undefined, 7)],
  ['refused', fault(undefined, 16)],
  ['refused', fault('maximum-append-size-exceeded', 3)],
  ['refused', fault('missing-required-metadata-property', 3)],
  ['refused', fault('stream-deleted')],
  ['not-sent', fault('not-leader', 5)],
  ['not-sent', fault('unavailable', 14, notConnected)],
  ['not-sent', fault(undefined, undefined, 'Failed to discover after 10 attempts.')],
  ['no-such-position', fault(undefined, 3)],
  ['no-stream', fault('stream-not-found')],
  ['unknown', fault('deadline-exceeded', 4)],
  ['unknown', fault('unavailable', 14)],
  ['unknown', fault('cancelled', 1)],
  ['unknown', fault('unknown', 2, '2 UNKNOWN: Exception was thrown by handler.')],
  ['unknown', fault(undefined, 13, '13 INTERNAL: Received RST_STREAM with code 2')],
  ['unknown', fault('timeout')],
  ['unknown', fault()],
  ['unknown', undefined],
  ['unknown', 'a text'],
])('%s: %o', (kind, error) => {
  expect(eventStoreDbFault(error)).toBe(kind);
});

test('a failed reading is told as a store that cannot be reached, or as another history', () => {
  expect(readingFault(fault('unavailable', 14, 'gone'))).toBeInstanceOf(StoreUnavailable);
  expect(readingFault(fault('access-denied', 7))).toBeInstanceOf(StoreUnavailable);
  expect(readingFault(fault(undefined, 3, 'invalid position'))).toBeInstanceOf(UnexpectedHistory);
  const own = new UnexpectedHistory('x');
  expect(readingFault(own)).toBe(own);
});

test('only what the server says about a place may mean that there is none', () => {
  expect([2, 3].map((code) => mayBeNoPlace(fault(undefined, code)))).toEqual([true, true]);
  expect([4, 14].map((code) => mayBeNoPlace(fault(undefined, code)))).toEqual([false, false]);
});

test('what is told fits on a line, also where the fault says nothing', () => {
  expect(toldByEventStoreDb(fault('unavailable', 14, 'one\ntwo'))).toBe('unavailable: one');
  expect(toldByEventStoreDb(fault('unknown', 2))).toBe('unknown: gRPC 2');
  expect(toldByEventStoreDb(fault())).toBe('gRPC ?');
  expect(toldByEventStoreDb(null)).not.toBe('');
});
