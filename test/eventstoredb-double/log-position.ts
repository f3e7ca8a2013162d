import streams from '@eventstore/db-client/generated/streams_pb.js';

/** A place in the log; `prepare` is 0 where a page of the log ends between two events. */
export interface LogPosition {
  readonly commit: number;
  readonly prepare: number;
}

export const beforeAll: LogPosition = { commit: -1, prepare: -1 };

/** The wire's word for the end of the log, and, by an oversight of the server, for "before all". */
const largest = '18446744073709551615';

export function positionAt(commit: number): LogPosition {
  return { commit, prepare: commit };
}

/** Negative when `one` comes first. */
export function compare(one: LogPosition, other: LogPosition): number {
  return one.commit - other.commit || one.prepare - other.prepare;
}

export function parsePosition(sent: streams.ReadReq.Options.Position): LogPosition | 'end' {
  if (sent.getCommitPosition() === largest) return 'end';
  return { commit: Number(sent.getCommitPosition()), prepare: Number(sent.getPreparePosition()) };
}

export function checkpointMessage(at: LogPosition): Buffer {
  const written = (part: number) => (part < 0 ? largest : String(part));
  const checkpoint = new streams.ReadResp.Checkpoint()
    .setCommitPosition(written(at.commit))
    .setPreparePosition(written(at.prepare));
  return Buffer.from(new streams.ReadResp().setCheckpoint(checkpoint).serializeBinary());
}
