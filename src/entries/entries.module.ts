import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { IdentityModule } from '../identity/identity.module.js';
import { RefuseCircles } from '../parties/refuse-circles.js';
import { DisputeFactHandler } from './dispute-fact.js';
import { EnterActsHandler } from './enter-acts.js';
import { JudgeEntryHandler } from './judge-entry.js';
import { OfferedFacilities } from './offered-facilities.js';
import { Recorder } from './recorder.js';
import { Registered } from './registered.js';
import { WithdrawDisputeHandler } from './withdraw-dispute.js';

const handlers = [EnterActsHandler, JudgeEntryHandler, DisputeFactHandler, WithdrawDisputeHandler];

/** The write side: every command is an entry, a judgement on one, or a dispute. */
@Module({
  imports: [CqrsModule, IdentityModule],
  providers: [Recorder, Registered, RefuseCircles, OfferedFacilities, ...handlers],
})
export class EntriesModule {}
