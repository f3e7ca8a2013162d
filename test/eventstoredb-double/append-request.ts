import type { UUID } from '@eventstore/db-client/generated/shared_pb.js';
import type { AppendReq, BatchAppendReq } from '@eventstore/db-client/generated/streams_pb.js';

import type { ExpectedRevision } from './append-decision.js';
import { recordBytes } from './event-log.js';
import type { ProposedEvent } from './logged-event.js';

/** The server's default for the sum of `recordBytes` in one append. */
export const maxAppendBytes = 1_048_576;

type ProposedMessage = AppendReq.ProposedMessage | BatchAppendReq.ProposedMessage;

export interface AppendRequest {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: ProposedEvent[];
  bytes: number;
}

/** Why the server does not take a proposed event. */
export class BadEvent extends Error {
  constructor(readonly reason: 'too-large' | 'no-type' | 'no-content-type' | 'invalid') {
    super(reason);
  }
}

/** @throws BadEvent */
export function propose(request: AppendRequest, message: ProposedMessage): void {
  const metadata = message.getMetadataMap();
  const [type, contentType] = [metadata.get('type'), metadata.get('content-type')];
  if (type === undefined) throw new BadEvent('no-type');
  if (contentType === undefined) throw new BadEvent('no-content-type');
  const event = {
    id: uuidOf(message.getId()),
    type,
    contentType,
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
  request.bytes += recordBytes(event);
  if (request.bytes > maxAppendBytes) throw new BadEvent('too-large');
  if (type === '' || /^[0-]+$/.test(event.id)) throw new BadEvent('invalid');
  request.events.push(event);
}

export function appendRequest(options: AppendReq.Options | BatchAppendReq.Options): AppendRequest {
  const name = Buffer.from(options.getStreamIdentifier()?.getStreamName_asU8() ?? []);
  return { stream: name.toString('utf8'), expected: expectedOf(options), events: [], bytes: 0 };
}

function expectedOf(options: AppendReq.Options | BatchAppendReq.Options): ExpectedRevision {
  if (options.hasAny()) return 'any';
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasStreamExists()) return 'stream_exists';
  return Number('getRevision' in options ? options.getRevision() : options.getStreamPosition());
}

/** Lower case, with dashes, from either form on the wire. */
export function uuidOf(id: UUID | undefined): string {
  const parts = id?.getStructured();
  if (!parts) return (id?.getString() ?? '').toLowerCase();
  const hex = [parts.getMostSignificantBits(), parts.getLeastSignificantBits()]
    .map((bits) => BigInt.asUintN(64, BigInt(bits)).toString(16).padStart(16, '0'))
    .join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
