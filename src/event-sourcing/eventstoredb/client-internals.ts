import { EventStoreDBClient } from '@eventstore/db-client';
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { CallOptions, Metadata } from '@grpc/grpc-js';

import { within } from '../../within.js';

export type StreamsService = streamsService.StreamsClient;

/** Who calls; a server without TLS is told nothing of it. */
export interface Asking {
  readonly credentials?: { readonly username: string; readonly password: string } | undefined;
  /** Milliseconds; a call has no end of its own without. */
  readonly deadline?: number;
}

/** What the client keeps to itself, in the exact version that package.json names. */
interface ClientInternals {
  GRPCStreamCreator<C>(
    service: typeof streamsService.StreamsClient,
    name: string,
    create: (service: StreamsService) => C,
  ): () => Promise<C>;
  execute<T>(
    service: typeof streamsService.StreamsClient,
    name: string,
    action: (service: StreamsService) => Promise<T>,
  ): Promise<T>;
  callArguments(asked: object, options?: CallOptions): [Metadata, CallOptions];
  getChannel(): Promise<{ close(): void }>;
  handleError: (this: void, client: object, fault: Error) => Promise<void>;
}

/**
 * The client connects anew by itself when a call fails, and nobody awaits it: where it then finds no
 * node, the rejection would end the process.
 */
export function openClient(connection: string): EventStoreDBClient {
  const client = EventStoreDBClient.connectionString(connection);
  const internals = client as unknown as ClientInternals;
  const connectAnew = internals.handleError;
  internals.handleError = (failed, fault) => connectAnew(failed, fault).catch(() => undefined);
  return client;
}

const closeWithinMs = 1_000;

/**
 * Calls of the server's stream service on a connection that the client keeps: it discovers nodes,
 * signs in, connects anew and follows the leader, and its conversions of events, which cost more than
 * the calls, are left out.
 */
export class StreamCalls {
  private readonly internals: ClientInternals;
  private connected = false;

  constructor(client: EventStoreDBClient) {
    this.internals = client as unknown as ClientInternals;
  }

  /** Opens a call that ends when it is cancelled, or by the server. */
  open<C>(name: string, asking: Asking, call: Call<C>): Promise<C> {
    return this.internals.GRPCStreamCreator(streamsService.StreamsClient, name, (service) => {
      this.connected = true;
      return call(service, ...this.argumentsOf(asking));
    })();
  }

  /** Does a call that has one answer; who asks is asked for once there is a node to send it to. */
  once<T>(name: string, asking: () => Asking, call: Call<Promise<T>>): Promise<T> {
    return this.internals.execute(streamsService.StreamsClient, name, async (service) => {
      this.connected = true;
      return call(service, ...this.argumentsOf(asking()));
    });
  }

  /** Closes the connection itself; the client's `dispose` leaves it open. */
  async closeChannel(): Promise<void> {
    // Where there is none any more, the client would look for a node first.
    if (!this.connected) return;
    const channel = await within(closeWithinMs, () => this.internals.getChannel());
    channel.close();
  }

  private argumentsOf({ credentials, deadline }: Asking): [Metadata, CallOptions] {
    const asked = { credentials, requiresLeader: true, deadline };
    return this.internals.callArguments(
      asked,
      deadline === undefined ? { deadline: Infinity } : {},
    );
  }
}

type Call<C> = (service: StreamsService, metadata: Metadata, options: CallOptions) => C;
