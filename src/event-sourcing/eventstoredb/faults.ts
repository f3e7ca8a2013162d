import { StoreUnavailable, UnexpectedHistory, UnstorableEvent } from '../event-store.js';

/** What a failed call to EventStoreDB leaves behind. */
export type EventStoreDbFault =
  /** Another revision was found; nothing is stored. */
  | 'wrong-revision'
  /** The server refuses this user, or the event: final, nothing is stored. */
  | 'refused'
  /** No connection came about, or this node may not write: nothing was sent, a later call may succeed. */
  | 'not-sent'
  /** The position that was asked for is none of this server's. */
  | 'no-such-position'
  /** The stream is not there, or was deleted softly. */
  | 'no-stream'
  /** Everything else, above all a lost connection: an append may be stored or not. */
  | 'unknown';

const byType: Readonly<Record<string, EventStoreDbFault>> = {
  'wrong-expected-version': 'wrong-revision',
  'access-denied': 'refused',
  'maximum-append-size-exceeded': 'refused',
  'missing-required-metadata-property': 'refused',
  'stream-deleted': 'refused',
  'not-leader': 'not-sent',
  'stream-not-found': 'no-stream',
  'no-stream': 'no-stream',
};

/** Numbers of gRPC status codes (grpc.io, "Status codes and their use in gRPC"). */
const unknown = 2;
const invalidArgument = 3;
const permissionDenied = 7;
const unauthenticated = 16;

/** Classifies by `type`, then by gRPC code, then by text: raw errors of the client have neither. */
export function eventStoreDbFault(fault: unknown): EventStoreDbFault {
  const { type, code, message } = partsOf(fault);
  const known = byType[type];
  if (known !== undefined) return known;
  if (code === invalidArgument) return 'no-such-position';
  if (code === permissionDenied || code === unauthenticated) return 'refused';
  // grpc-js says so where no byte went out; discovery fails before there is a connection.
  if (
    /No connection established|Failed to discover|Channel closed before call started/.test(message)
  )
    return 'not-sent';
  return 'unknown';
}

/** Whether a reading may have failed because no record begins at the place that it was to begin at. */
export function mayBeNoPlace(fault: unknown): boolean {
  const { code } = partsOf(fault);
  return code === invalidArgument || code === unknown;
}

/** One line for a person who runs the server; never the connection string. */
export function toldByEventStoreDb(fault: unknown): string {
  const { type, code, message } = partsOf(fault);
  const said = message.split(/\n| Resolution note:/, 1)[0] ?? '';
  return [type, said || `gRPC ${code ?? '?'}`].filter((it) => it !== '').join(': ');
}

/** A failed reading, as readers are told; our own faults go through as they are. */
export function readingFault(fault: unknown): Error {
  const ours = [StoreUnavailable, UnexpectedHistory, UnstorableEvent, TypeError, RangeError];
  if (fault instanceof Error && ours.some((kind) => fault instanceof kind)) return fault;
  if (eventStoreDbFault(fault) === 'no-such-position') {
    return new UnexpectedHistory(
      `the event store has no such position (${toldByEventStoreDb(fault)}): restored from an older backup?`,
      { cause: fault },
    );
  }
  return new StoreUnavailable(`the event store cannot be read: ${toldByEventStoreDb(fault)}`, {
    cause: fault,
  });
}

function partsOf(fault: unknown) {
  const { type, code, message } = (fault ?? {}) as Readonly<Record<string, unknown>>;
  return {
    type: typeof type === 'string' ? type : '',
    code: typeof code === 'number' ? code : undefined,
    message: typeof message === 'string' ? message : String(fault),
  };
}
