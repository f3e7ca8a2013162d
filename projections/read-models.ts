import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';

import type { Clock } from '../src/clock.js';
import { CLOCK } from '../src/clock.token.js';
import type { StreamNames } from '../src/entries/stream-names.js';
import { STREAM_NAMES } from '../src/entries/stream-names.token.js';
import type { EventStore } from '../src/event-sourcing/event-store.js';
import { EVENT_STORE } from '../src/event-sourcing/event-store.token.js';
import { POOL } from '../src/postgres/pool.token.js';
import { FoldedRows } from './folded-rows.js';
import { KnownNumbers } from './known-numbers.js';
import { Questions } from './questions.js';

/** What every query reads with. */
@Injectable()
export class ReadModels {
  readonly questions: Questions;
  readonly folded: FoldedRows;

  constructor(
    @Inject(POOL) readonly pool: Pool,
    @Inject(EVENT_STORE) readonly store: EventStore,
    @Inject(STREAM_NAMES) readonly names: StreamNames,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.questions = new Questions(new KnownNumbers(pool, store, clock));
    this.folded = new FoldedRows(store, names);
  }
}
