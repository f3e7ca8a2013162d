import { Inject, Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import type { Pool } from 'pg';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

import { ledgers } from '../../../projections/ledgers.js';
import { LedLedgers } from '../../../projections/led-ledgers.js';
import type { EventStore } from '../../event-sourcing/event-store.js';
import { EVENT_STORE } from '../../event-sourcing/event-store.token.js';
import { POOL } from '../../postgres/pool.token.js';
import { ReadinessCheck } from './readiness.js';
import { within } from '../../within.js';

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The numbers of this process, and those of the register as it finds them when it is asked. */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'musubi_http_request_duration_seconds',
    help: 'Time to answer, by route as it is written in the program',
    labelNames: ['method', 'route', 'status'],
    buckets: seconds,
    registers: [this.registry],
  });
  private readonly commands = new Counter({
    name: 'musubi_commands_total',
    help: 'Commands carried out: recorded, or repeated with the first answer',
    labelNames: ['outcome'],
    registers: [this.registry],
  });
  private readonly up = this.gauge('musubi_database_up', 'Whether the database answers');
  private readonly storeUp = this.gauge('musubi_event_store_up', 'Whether the event store answers');
  private readonly skew = this.gauge(
    'musubi_clock_skew_seconds',
    'By how much this clock is ahead of the database',
  );
  private readonly head = this.gauge('musubi_register_head', 'The newest register number');
  private readonly readOnly = this.gauge(
    'musubi_register_read_only',
    '1 where the event store takes no appends',
  );
  private readonly lag = this.ofLedger('lag_events', 'Events that the ledger has not taken in');
  private readonly late = this.ofLedger('lag_seconds', 'Age of the oldest of them');
  private readonly parked = this.ofLedger('parked_streams', 'Streams that wait for a person');
  private readonly halted = this.ofLedger('halted', '1 where the ledger stopped at an event');
  private readonly leads = this.ofLedger('leads', '1 where this process keeps the ledger');
  private readonly connections = new Gauge({
    name: 'musubi_database_connections',
    help: 'Connections of the pool',
    labelNames: ['state'],
    registers: [this.registry],
  });

  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly readiness: ReadinessCheck,
    private readonly led: LedLedgers,
  ) {
    collectDefaultMetrics({ register: this.registry, prefix: 'musubi_' });
    for (const outcome of ['recorded', 'repeated']) this.commands.inc({ outcome }, 0);
  }

  watch(server: FastifyInstance): void {
    server.addHook('onResponse', (request, reply, done) => {
      const { method } = request;
      const route = request.routeOptions.url ?? 'unknown';
      const status = String(reply.statusCode);
      this.requests.observe({ method, route, status }, reply.elapsedTime / 1000);
      // A command that was carried out answers with the stream's revision, no other POST does.
      if (method === 'POST' && reply.hasHeader('etag')) {
        this.commands.inc({ outcome: reply.statusCode === 201 ? 'recorded' : 'repeated' });
      }
      done();
    });
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** Prometheus text exposition format; answers also while the database is down. */
  async text(): Promise<string> {
    const { database, eventStore, clock, projections, readOnly } = await this.readiness.now();
    this.up.set(database === 'up' ? 1 : 0);
    this.storeUp.set(eventStore === 'up' ? 1 : 0);
    this.skew.set(clock.seconds);
    const head = await within(1_000, () => this.store.head()).catch(() => undefined);
    this.readOnly.set(readOnly === undefined ? 0 : 1);
    if (head !== undefined) this.head.set(head?.n ?? -1);
    for (const { ledger, lagEvents, lagSeconds, parked, state } of projections) {
      this.lag.set({ ledger }, lagEvents ?? Number.NaN);
      this.late.set({ ledger }, lagSeconds ?? Number.NaN);
      this.parked.set({ ledger }, parked);
      this.halted.set({ ledger }, state === 'running' ? 0 : 1);
    }
    for (const { name } of ledgers) this.leads.set({ ledger: name }, this.led.has(name) ? 1 : 0);
    this.connections.set({ state: 'idle' }, this.pool.idleCount);
    this.connections.set({ state: 'busy' }, this.pool.totalCount - this.pool.idleCount);
    this.connections.set({ state: 'awaited' }, this.pool.waitingCount);
    return this.registry.metrics();
  }

  private gauge(name: string, help: string): Gauge {
    return new Gauge({ name, help, registers: [this.registry] });
  }

  private ofLedger(name: string, help: string): Gauge<'ledger'> {
    const labelNames = ['ledger'] as const;
    return new Gauge({
      name: `musubi_projection_${name}`,
      help,
      labelNames,
      registers: [this.registry],
    });
  }
}
