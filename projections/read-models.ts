import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';

import type { Clock } from '../src/clock.js';
import { CLOCK } from '../src/clock.token.js';
import type { StreamNames } from '../src/entries/stream-names.js';
import { STREAM_NAMES } from '../src/entries/stream-names.token.js';
import type { EventStore } from '../src/event-sourcing/event-store.js';
import { EVENT_STORE } from '../src/event-sourcing/event-store.token.js';
import { POOL } from '../src/postgres/pool.token.js';
import { agreementRecordRows } from './agreement-record-rows.js';
import { FoldedRows } from './folded-rows.js';
import { ChangeLog } from './kept/change-log.js';
import { KeptParties } from './kept/kept-parties.js';
import { KnownNumbers } from './known-numbers.js';
import { parties } from './parties/parties.ledger.js';
import { presuming, type Presume } from './presume.js';
import { Questions } from './questions.js';
import type { RecordRows } from './record-row.js';
import { StreamReads } from './stream-reads.js';

/** What every query reads with. */
@Injectable()
export class ReadModels {
  readonly questions: Questions;
  readonly folded: FoldedRows;
  readonly streams: StreamReads;
  /** Which streams changed lately. */
  readonly log: ChangeLog;

  constructor(
    @Inject(POOL) readonly pool: Pool,
    @Inject(EVENT_STORE) readonly store: EventStore,
    @Inject(STREAM_NAMES) readonly names: StreamNames,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.log = new ChangeLog(pool, names);
    this.questions = new Questions(
      new KnownNumbers(pool, store, clock),
      new KeptParties(pool, this.log),
    );
    this.streams = new StreamReads(store, names);
    this.folded = new FoldedRows(this.streams);
  }

  /** The same rows under other presumptions: folded again from the events of their streams. */
  async presumed(
    stored: RecordRows,
    presume: Presume,
    point: { readonly day: number; readonly n: number },
  ): Promise<RecordRows> {
    if (presume === 'all') return stored;
    const { agreements, parties: named } = stored;
    const none = presuming(presume);
    const record = { rows: agreementRecordRows };
    return {
      agreements: await this.folded.again(record, 'agreement', agreements, none, point),
      parties: await this.folded.again(parties, 'party', named, none, point),
    };
  }
}
