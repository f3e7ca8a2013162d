import {
  type DynamicModule,
  Inject,
  Injectable,
  Logger,
  Module,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';

import type { StreamNames } from '../src/entries/stream-names.js';
import { STREAM_NAMES } from '../src/entries/stream-names.token.js';
import type { EventStore } from '../src/event-sourcing/event-store.js';
import { EVENT_STORE } from '../src/event-sourcing/event-store.token.js';
import { GapsHandler } from './agreement-graph/gaps.query.js';
import { AgreementGraphHandler } from './agreement-graph/graph.query.js';
import { GrowthHandler } from './agreement-graph/growth.query.js';
import { MatrixHandler } from './agreement-graph/matrix.query.js';
import { NeighbourhoodHandler } from './agreement-graph/neighbourhood.query.js';
import { BoundHandler } from './bound/bound.query.js';
import { CounterHandler } from './counter/counter.query.js';
import { openDataSource } from './data-source.js';
import { FacilitiesHandler } from './facilities/facilities.query.js';
import { FacilityDetailHandler } from './facilities/facility-detail.query.js';
import { told } from './failed-stream.js';
import { dropForgotten } from './forgotten-ledgers.js';
import { LedLedgers } from './led-ledgers.js';
import { ledgers } from './ledgers.js';
import { FiguresHandler } from './figures/figures.query.js';
import { MeasuresHandler } from './measures/measures.query.js';
import { MeetingsHandler } from './meetings/meetings.query.js';
import { MembersHandler } from './members/members.query.js';
import { MutualUseHandler } from './mutual-use/mutual-use.query.js';
import { FindPartyHandler } from './parties/find-party.query.js';
import { PartyDetailHandler } from './parties/party-detail.query.js';
import { PartiesHandler } from './parties/parties.query.js';
import { ProposalsHandler } from './proposals/proposals.query.js';
import { Projectors } from './projectors.js';
import { ReadModels } from './read-models.js';
import { ReadSide } from './read-side.js';
import { AgreementDetailHandler } from './register/agreement-detail.query.js';
import { AgreementsHandler } from './register/agreements.query.js';
import { EntryDetailHandler } from './register/entry-detail.query.js';

const DATABASE = Symbol('ProjectionDatabase');

/** Runs the projectors while the application runs. */
@Injectable()
class ProjectorLifecycle implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('Projector');
  private projectors: Projectors | undefined;
  private clearing: Promise<void> | undefined;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(STREAM_NAMES) private readonly names: StreamNames,
    @Inject(DATABASE) private readonly url: string,
    private readonly source: DataSource,
    private readonly led: LedLedgers,
  ) {}

  onModuleInit(): void {
    this.projectors = new Projectors(
      ledgers,
      { store: this.store, names: this.names },
      {
        connection: { connectionString: this.url },
        report: (line) => this.logger.warn(line),
        led: this.led,
      },
    );
    this.projectors.start();
    this.clearing = this.clear();
  }

  private async clear(): Promise<void> {
    try {
      for (const it of await dropForgotten({ connectionString: this.url }, ledgers)) {
        this.logger.log(`${it}: dropped, no ledger of this program`);
      }
    } catch (fault) {
      this.logger.warn(`ledgers of an earlier program stay: ${told(fault)}`);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.projectors?.stop();
    await this.clearing;
    await this.source.destroy();
  }
}

/**
 * The read side: ledgers, their projectors and the queries. Needs POOL, CLOCK, EVENT_STORE and
 * STREAM_NAMES from a global module.
 */
@Module({})
export class ProjectionsModule {
  /** `url`: the database that POOL reads; the projectors and TypeORM have connections of their own. */
  static on(url: string): DynamicModule {
    return {
      module: ProjectionsModule,
      imports: [CqrsModule],
      providers: [
        { provide: DATABASE, useValue: url },
        { provide: DataSource, useFactory: () => openDataSource(url) },
        LedLedgers,
        ProjectorLifecycle,
        ReadModels,
        ReadSide,
        MutualUseHandler,
        BoundHandler,
        CounterHandler,
        AgreementsHandler,
        AgreementDetailHandler,
        EntryDetailHandler,
        PartiesHandler,
        FindPartyHandler,
        PartyDetailHandler,
        FacilitiesHandler,
        FacilityDetailHandler,
        MeasuresHandler,
        MeetingsHandler,
        MembersHandler,
        FiguresHandler,
        ProposalsHandler,
        NeighbourhoodHandler,
        GrowthHandler,
        AgreementGraphHandler,
        MatrixHandler,
        GapsHandler,
      ],
      exports: [ReadModels, ReadSide, LedLedgers],
    };
  }
}
