import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';

import { ListStore } from '../facilities/import/list-store.js';
import { IdentityModule } from '../identity/identity.module.js';
import { actControllers } from './commands/act-controller.js';
import { DisputesController } from './commands/disputes.controller.js';
import { EntriesController } from './commands/entries.controller.js';
import { FacilityListsController } from './facility-lists/facility-lists.controller.js';
import { ApplyList } from './facility-lists/apply-list.js';
import { JudgeList } from './facility-lists/judge-list.js';
import { KnownFacilities } from './facility-lists/known-facilities.js';
import { SendList } from './facility-lists/send-list.js';
import { WorkTime } from './facility-lists/work-time.js';
import { HealthController } from './operation/health.controller.js';
import { MetricsController } from './operation/metrics.controller.js';
import { Metrics } from './operation/metrics.js';
import { ReadinessCheck } from './operation/readiness.js';
import { AgreementController } from './queries/agreement.controller.js';
import { AgreementsController } from './queries/agreements.controller.js';
import { BoundController } from './queries/bound.controller.js';
import { CounterController } from './queries/counter.controller.js';
import { EntryController } from './queries/entry.controller.js';
import { FacilitiesController } from './queries/facilities.controller.js';
import { FieldsController } from './queries/fields.controller.js';
import { ProposalsController } from './queries/proposals.controller.js';
import { FiguresController } from './queries/figures.controller.js';
import { MembersController } from './queries/members.controller.js';
import { MeetingsController } from './queries/meetings.controller.js';
import { GapsController } from './queries/gaps.controller.js';
import { GraphExportController } from './queries/graph-export.controller.js';
import { GrowthController } from './queries/growth.controller.js';
import { MatrixController } from './queries/matrix.controller.js';
import { NeighbourhoodController } from './queries/neighbourhood.controller.js';
import { MeasuresController } from './queries/measures.controller.js';
import { MutualUseController } from './queries/mutual-use.controller.js';
import { PartiesController } from './queries/parties.controller.js';
import { PartyController } from './queries/party.controller.js';
import { PendingEntriesController } from './queries/pending-entries.controller.js';
import { PendingEntries } from './queries/pending-entries.js';
import { Reading } from './queries/reading.js';
import { SealedOutput } from './queries/sealed-output.js';
import { Times } from './queries/times.js';
import { FindEntry } from './find-entry.js';
import { ResolveReferences } from './resolve-references.js';
import { FrontDoorController } from './openapi/front-door.controller.js';
import { ResolveParties } from './resolve-parties.js';

const commands = [
  EntriesController,
  DisputesController,
  FacilityListsController,
  ...actControllers,
];
const queries = [
  FrontDoorController,
  MutualUseController,
  BoundController,
  CounterController,
  AgreementsController,
  AgreementController,
  PartiesController,
  PartyController,
  FacilitiesController,
  PendingEntriesController,
  EntryController,
  FieldsController,
  MeasuresController,
  MeetingsController,
  MembersController,
  FiguresController,
  ProposalsController,
  NeighbourhoodController,
  GrowthController,
  GraphExportController,
  MatrixController,
  GapsController,
];
const operation = [HealthController, MetricsController];

/** Commands and queries over HTTP. */
@Module({
  imports: [CqrsModule.forRoot(), IdentityModule],
  controllers: [...commands, ...queries, ...operation],
  providers: [
    ListStore,
    KnownFacilities,
    SendList,
    ApplyList,
    JudgeList,
    WorkTime,
    ResolveParties,
    ResolveReferences,
    FindEntry,
    Times,
    Reading,
    SealedOutput,
    PendingEntries,
    ReadinessCheck,
    Metrics,
  ],
})
export class HttpModule {}
