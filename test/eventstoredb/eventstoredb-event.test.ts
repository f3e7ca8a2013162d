import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { expect, test } from 'vitest';

import { UnexpectedHistory } from '../../src/event-sourcing/event-store.js';
import { storedEvent } from '../../src/event-sourcing/eventstoredb/event.js';

const at = '2026-04-01T00:00:00.000Z';
const stream = 'musubi-main-party-1';

interface Made {
  readonly body: string;
  readonly metadata: string;
  readonly contentType: string;
  readonly prepare: number;
}

function record(made: Partial<Made> = {}) {
  const event = new streams.ReadResp.ReadEvent.RecordedEvent();
  const [id, identifier] = [new shared.UUID(), new shared.StreamIdentifier()];
  id.setString('8a3f0b6e-6d0f-4b53-9d0c-0c3a1f5e7b11');
  identifier.setStreamName(Buffer.from(stream));
  event.setId(id);
  event.setStreamIdentifier(identifier);
  event.setStreamRevision('3');
  event.setCommitPosition('700');
  event.setPreparePosition(String(made.prepare ?? 700));
  event.getMetadataMap().set('type', 'PartyRenamed');
  event.getMetadataMap().set('content-type', made.contentType ?? 'application/json');
  event.setCustomMetadata(Buffer.from(made.metadata ?? JSON.stringify({ recordedAt: at })));
  event.setData(Buffer.from(made.body ?? `{"data":{},"recordedAt":"${at}"}`));
  return event;
}

test('an event of a register comes back with its place, its time and its very text', () => {
  const stored = storedEvent(record(), stream);
  expect(stored).toMatchObject({ revision: 3, position: 700, recordedAt: at });
  expect(stored.recorded(8, at)).toMatchObject({
    n: 8,
    position: 'esdb:700',
    body: `{"data":{},"recordedAt":"${at}"}`,
  });
});

test.each<[string, Partial<Made>]>([
  ['no metadata', { metadata: '' }],
  ['metadata that is no object', { metadata: '5' }],
  ['metadata that is half an object', { metadata: '{' }],
  ['a time without milliseconds', { metadata: '{"recordedAt":"2026-04-01T00:00:00Z"}' }],
  ['bytes', { contentType: 'application/octet-stream' }],
  ['a transaction', { prepare: 600 }],
])('an event with %s was not written by a register, and is named', (_, made) => {
  expect(() => storedEvent(record(made), stream)).toThrow(UnexpectedHistory);
  expect(() => storedEvent(record(made), stream)).toThrow(`${stream}@3`);
});

test.each([
  ['keys in another order', '{"recordedAt":"x","data":{}}'],
  ['a key that is a number', '{"1":"x"}'],
  ['a number that is too large', '{"count":1152921504606846976}'],
  ['spaces', '{"data": {}}'],
  ['half a text', '{"half":'],
])('a body with %s is not given out as if it were canonical', (_, body) => {
  const stored = storedEvent(record({ body }), stream);
  expect(() => stored.body).toThrow(UnexpectedHistory);
});
