import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';

import { Server, ServerCredentials, type StatusObject } from '@grpc/grpc-js';

import { Cluster, type Member } from './cluster.js';
import { Connections } from './connections.js';
import { EventLog } from './event-log.js';
import { Faults, pause, type Aim } from './faults.js';
import type { LoggedEvent } from './logged-event.js';
import { addServices } from './services.js';
import type { OpenCall, Serving } from './serving.js';
import { forwardingTimedOut, notLeader } from './statuses.js';

/** How long a follower tries to hand an append on, in ms; some seconds on the real server. */
const forwardingTimeout = 500;

export interface DoubleOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Joins this double's pretended cluster as a follower with the same log. */
  readonly follows?: EventStoreDbDouble;
  /** How many of the last ids make an append with `any` a repeat; 50,000 unless given. */
  readonly remembers?: number;
  /** A PEM key and certificate make it a TLS server. */
  readonly tls?: { readonly key: Buffer; readonly certificate: Buffer };
}

/**
 * A server in this process that answers `@eventstore/db-client` as EventStoreDB 24.10 does, keeps
 * its events in memory, and fails as it is told. It proves recovery; what a real server does is
 * proven by `like-the-server.test.ts` on both.
 */
export class EventStoreDbDouble implements Member {
  readonly id = randomUUID();
  readonly host = '127.0.0.1';
  readonly faults = new Faults();
  readonly cluster: Cluster;
  port: number;
  running = false;
  private readonly calls = new Set<OpenCall>();
  private readonly connections: Connections;
  private stopServing = () => {};
  private serveSocket: (socket: Socket) => void = () => {};

  private constructor(private readonly options: DoubleOptions) {
    this.port = options.port ?? 0;
    this.cluster = options.follows?.cluster ?? new Cluster(new EventLog(options.remembers));
    this.cluster.members.add(this);
    this.cluster.leader ??= this;
    this.connections = new Connections((socket) => this.serveSocket(socket));
  }

  static async start(options: DoubleOptions = {}): Promise<EventStoreDbDouble> {
    const double = new EventStoreDbDouble(options);
    await double.start();
    return double;
  }

  get connectionString(): string {
    return `esdb://${this.host}:${this.port}?tls=${this.options.tls !== undefined}`;
  }

  /** Every event of every stream in commit order. */
  get log(): readonly LoggedEvent[] {
    return this.cluster.log.events;
  }

  openCalls(): readonly OpenCall[] {
    return [...this.calls];
  }

  /** Starts again on the same port with the same log, as after a restart. */
  async start(): Promise<void> {
    if (this.running) return;
    const { tls } = this.options;
    const server = new Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024 });
    addServices(server, this.serving(), () => this.cluster.info());
    const injector = server.createConnectionInjector(
      tls
        ? ServerCredentials.createSsl(null, [{ private_key: tls.key, cert_chain: tls.certificate }])
        : ServerCredentials.createInsecure(),
    );
    this.serveSocket = (socket) => injector.injectConnection(socket);
    this.stopServing = () => {
      injector.destroy();
      server.forceShutdown();
    };
    this.port = await this.connections.listen(this.port);
    this.running = true;
  }

  /** Cuts all connections and listens no more, and ends every fault; the log is kept, remembered ids are not. */
  async stop(): Promise<void> {
    if (!this.running) return;
    this.running = false;
    this.faults.clear();
    await this.connections.close();
    this.stopServing();
    this.cluster.log.forgetIds();
  }

  /** Cuts all connections now; new ones are served. */
  cutConnections(): void {
    this.connections.cut();
  }

  /** TCP stays open and new connections are accepted, but nothing at all comes back. */
  freeze(): void {
    this.faults.hush();
    this.connections.freeze();
  }

  /** Goes on after `freeze`, and ends every other fault. */
  thaw(): void {
    this.connections.thaw();
    this.faults.clear();
  }

  /** Makes this node the leader of its cluster. */
  lead(): void {
    this.cluster.leader = this;
  }

  /** Answers calls as a follower of that leader does to a client that wants the leader. */
  pointTo(leader: Pick<Member, 'host' | 'port'>, aim: Aim = {}): void {
    this.faults.refuse(notLeader(leader), aim);
  }

  /** Events of nobody's register: the server's own, and other registers'. */
  noise(events: number, stream = '$stats-127.0.0.1'): void {
    for (let place = 0; place < events; place++)
      this.cluster.log.append(stream, 'any', [
        {
          id: randomUUID(),
          type: '$statsCollected',
          contentType: 'application/json',
          data: Buffer.from(JSON.stringify({ place })),
          metadata: Buffer.alloc(0),
        },
      ]);
  }

  /** As if restored from a backup of its first events: connections go, the rest is forgotten. */
  restoreTo(events: number): void {
    this.connections.cut();
    this.cluster.log.truncate(events);
  }

  private serving(): Serving {
    return {
      log: this.cluster.log,
      faults: this.faults,
      openCalls: this.calls,
      cut: (peer) => this.connections.cut(peer),
      leadership: (needed) => this.leadership(needed),
      forwarding: () => this.forwarding(),
    };
  }

  /** A follower refuses those who insist on a leader, and names the last one that it knew. */
  private leadership(needed: boolean): StatusObject | undefined {
    const { leader } = this.cluster;
    return needed && leader && leader !== this ? notLeader(leader) : undefined;
  }

  /** A follower hands appends on to its leader, in vain when that is gone. */
  private async forwarding(): Promise<StatusObject | undefined> {
    const { leader } = this.cluster;
    if (!leader || leader === this || leader.running) return undefined;
    await pause(forwardingTimeout);
    return forwardingTimedOut();
  }
}
