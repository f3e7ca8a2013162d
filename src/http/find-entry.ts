import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';

import { ReadSide } from '../../projections/read-side.js';
import { EntryDetail } from '../../projections/register/entry-detail.query.js';
import { Refusal } from '../entries/domain/refusal.js';
import type { StreamRef } from '../entries/stream-names.js';
import type { EventStore } from '../event-sourcing/event-store.js';
import { EVENT_STORE } from '../event-sourcing/event-store.token.js';
import type { Principal } from '../identity/principal.js';

const PATIENCE = 2_000;

/** Which stream an entry stands on: the register's own list of events knows. */
@Injectable()
export class FindEntry {
  constructor(
    private readonly queries: QueryBus,
    private readonly readSide: ReadSide,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /** Asked again once the list has what the store has. @throws Refusal entry/unknown */
  async streamOf(entry: string, reader: Principal): Promise<StreamRef> {
    try {
      return await this.ask(entry, reader);
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'unknown') throw error;
      const head = await this.store.head();
      if (head === null || !(await this.readSide.waitFor(head.n, PATIENCE))) throw error;
      return this.ask(entry, reader);
    }
  }

  private async ask(entry: string, reader: Principal): Promise<StreamRef> {
    const { kind, id } = await this.queries.execute(new EntryDetail({ entry, reader }));
    return { kind, id };
  }
}
