import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { EventStoreDBClient } from '@eventstore/db-client';
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { CallOptions, ClientDuplexStream, Metadata } from '@grpc/grpc-js';
import timestamp from 'google-protobuf/google/protobuf/timestamp_pb.js';
import type { NewEvent } from './event-store.js';
import type { LogPosition } from './eventstoredb-position.js';

type Call = ClientDuplexStream<streams.BatchAppendReq, streams.BatchAppendResp>;

/** What the client keeps to itself, in the exact version that package.json names. */
interface ClientInternals {
  GRPCStreamCreator(
    service: typeof streamsService.StreamsClient,
    name: string,
    create: (client: streamsService.StreamsClient) => Call,
  ): () => Promise<Call>;
  callArguments(asked: object, options: CallOptions): [Metadata, CallOptions];
  getChannel(): Promise<{ close(): void }>;
}

interface Waiting {
  readonly resolve: (position: LogPosition) => void;
  readonly reject: (fault: unknown) => void;
}

/** Far off: the server drops an append whose deadline is over, and that would leave a hole. */
const deadlineMs = 3_600_000;

/**
 * One call that takes appends one behind another without waiting for each; the server stores them in
 * the order in which they were sent. When the call is lost, what was stored is a beginning of what was
 * sent. The client's own batch path shares one list of what is waited for among all its clients, and
 * loses it when any of them fails; here each call has its own.
 */
export class OrderedAppends {
  private readonly waiting = new Map<string, Waiting>();
  private fault: unknown;
  /** How many were answered. */
  answers = 0;

  private constructor(
    private readonly call: Call,
    private readonly toClient: (event: NewEvent) => ClientMessage,
  ) {
    call.on('data', (answer: streams.BatchAppendResp) => this.answered(answer));
    call.on('error', (fault) => this.lost(fault));
    for (const event of ['end', 'close'] as const) {
      call.on(event, () => this.lost(new Error('the server ended the call')));
    }
  }

  static async open(
    client: EventStoreDBClient,
    credentials: { readonly username: string; readonly password: string },
    toClient: (event: NewEvent) => ClientMessage,
  ): Promise<OrderedAppends> {
    const internals = client as unknown as ClientInternals;
    const open = internals.GRPCStreamCreator(
      streamsService.StreamsClient,
      'appendInOrder',
      (service) => {
        const asked = { credentials, requiresLeader: true };
        return service.batchAppend(...internals.callArguments(asked, { deadline: Infinity }));
      },
    );
    return new OrderedAppends(await open(), toClient);
  }

  /**
   * Sends an append behind those before it; resolves when it may send the next one.
   * @returns a promise that settles with the position of its last event
   */
  async send(
    stream: string,
    expectedRevision: number,
    events: readonly NewEvent[],
  ): Promise<{ readonly stored: Promise<LogPosition> }> {
    if (this.fault !== undefined) throw this.fault;
    const correlation = randomUUID();
    const stored = new Promise<LogPosition>((resolve, reject) => {
      this.waiting.set(correlation, { resolve, reject });
    });
    // Whoever waits for it hears of a fault; until then it must not end the process.
    stored.catch(() => undefined);
    const request = requestOf(correlation, stream, expectedRevision, events.map(this.toClient));
    if (!this.call.write(request)) await once(this.call, 'drain');
    return { stored };
  }

  close(): void {
    this.call.cancel();
  }

  private answered(answer: streams.BatchAppendResp): void {
    const correlation = answer.getCorrelationId()?.getString() ?? '';
    const waiting = this.waiting.get(correlation);
    this.waiting.delete(correlation);
    this.answers += 1;
    const position = answer.getSuccess()?.getPosition()?.getCommitPosition();
    if (position !== undefined) waiting?.resolve(Number(position));
    else waiting?.reject(faultOf(answer));
  }

  private lost(fault: unknown): void {
    this.fault ??= fault;
    for (const { reject } of this.waiting.values()) reject(fault);
    this.waiting.clear();
    // Whoever waits to send more is woken, and hears of the fault at the next one.
    this.call.emit('drain');
  }
}

/** Closes the connection itself; the client's `dispose` leaves it open. */
export async function closeChannel(client: EventStoreDBClient): Promise<void> {
  const channel = await (client as unknown as ClientInternals).getChannel();
  channel.close();
}

/** An event as the client sends it. */
interface ClientMessage {
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  readonly metadata?: unknown;
}

function requestOf(
  correlation: string,
  stream: string,
  expectedRevision: number,
  events: readonly ClientMessage[],
): streams.BatchAppendReq {
  const options = new streams.BatchAppendReq.Options();
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream).toString('base64'));
  options.setStreamIdentifier(identifier);
  options.setDeadline(timestamp.Timestamp.fromDate(new Date(Date.now() + deadlineMs)));
  if (expectedRevision < 0) options.setNoStream(new shared.Empty());
  else options.setStreamPosition(String(expectedRevision));
  const request = new streams.BatchAppendReq();
  request.setOptions(options);
  request.setCorrelationId(uuid(correlation));
  request.setProposedMessagesList(events.map(messageOf));
  request.setIsFinal(true);
  return request;
}

function messageOf({ id, type, data, metadata }: ClientMessage) {
  const message = new streams.BatchAppendReq.ProposedMessage();
  message.setId(uuid(id));
  message.getMetadataMap().set('type', type).set('content-type', 'application/json');
  message.setData(Buffer.from(JSON.stringify(data)));
  message.setCustomMetadata(Buffer.from(JSON.stringify(metadata)));
  return message;
}

function uuid(text: string): shared.UUID {
  const id = new shared.UUID();
  id.setString(text);
  return id;
}

function faultOf(answer: streams.BatchAppendResp): Error {
  const status = answer.getError();
  const name = status?.getDetails()?.getTypeName() ?? '';
  const type = name.endsWith('WrongExpectedVersion') ? 'wrong-expected-version' : name;
  const fault = new Error(`${type} ${status?.getMessage() ?? 'an answer without a result'}`);
  return Object.assign(fault, { type });
}
