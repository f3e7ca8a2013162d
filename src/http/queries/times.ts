import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';

import { dayInTokyo, readKnown } from '../../../projections/known.js';
import { ledgers } from '../../../projections/ledgers.js';
import { OneReading } from '../../../projections/one-reading.js';
import type { OnKnown } from '../../../projections/questions.js';
import { waitUntil } from '../../../projections/wait-for.js';
import type { Clock } from '../../clock.js';
import { CLOCK } from '../../clock.token.js';
import { refuse } from '../../entries/domain/refusal.js';
import type { EventStore } from '../../event-sourcing/event-store.js';
import { EVENT_STORE } from '../../event-sourcing/event-store.token.js';
import { POOL } from '../../postgres/pool.token.js';
import { TransportRefusal } from '../transport-problem.js';
import { dayAsked } from './asked-day.js';

export interface TimesAsked {
  readonly on?: string;
  readonly known?: string;
  readonly 'at-least'?: string;
}

const PATIENCE = 5_000;
const everyLedger = ledgers.map((it) => it.name);

/** The two times of a question: the day it is about, and what the register knew. */
@Injectable()
export class Times {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POOL) private readonly pool: Pool,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /**
   * Today in Asia/Tokyo where no day is said. Waits for the ledgers where a least n is asked for.
   * @throws Refusal on/…, known/unreadable, at-least/…; TransportRefusal projection/behind
   */
  async asked({ on, known, 'at-least': least }: TimesAsked): Promise<OnKnown> {
    const times = {
      on: on === undefined ? dayInTokyo(this.clock.millis()) : dayAsked(on),
      known: readKnown(known),
      reading: new OneReading(),
    };
    if (least !== undefined) await this.reach(least);
    return times;
  }

  private async reach(least: string): Promise<void> {
    const head = (await this.store.head())?.n ?? -1;
    const n = /^\d{1,15}$/.test(least) ? Number(least) : Infinity;
    if (n > head) {
      const expected = `0から${Math.max(head, 0)}までの登録番号`;
      const fault = { field: 'at-least', code: 'at-least/beyond', read: least, expected };
      refuse('malformed', 'at-least/beyond', 'その登録番号はまだありません。', fault);
    }
    if ((await waitUntil(this.pool, everyLedger, n, PATIENCE)) !== undefined) return;
    throw new TransportRefusal({
      status: 503,
      code: 'projection/behind',
      detail: '台帳がまだこの登録番号まで進んでいません。少し待ってからやり直してください。',
      retryAfter: 2,
    });
  }
}
