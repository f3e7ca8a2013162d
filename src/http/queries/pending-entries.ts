import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { escapeIdentifier } from 'pg';

import { readStates, stateOf } from '../../../projections/ledger-states.js';
import { ReadModels } from '../../../projections/read-models.js';
import type { Reader } from '../../../projections/reader.js';
import { type EntryAnswer, EntryDetail } from '../../../projections/register/entry-detail.query.js';
import { pendingEntries } from '../../entries/domain/part-rows.js';
import { Refusal } from '../../entries/domain/refusal.js';

/** An entry that waits for its approval, as a line of a list. */
export interface PendingEntry extends Pick<EntryAnswer, 'entry' | 'kind' | 'id' | 'digest'> {
  readonly keeper: string | null;
  /** Number of its first event, and that number's time. */
  readonly n: number;
  readonly at: string;
  readonly types: readonly string[];
}

/** 承認待ちの登録票, oldest first, as far as the reader may see them. */
@Injectable()
export class PendingEntries {
  constructor(
    private readonly models: ReadModels,
    private readonly queries: QueryBus,
  ) {}

  async list(reader: Reader, limit: number): Promise<readonly PendingEntry[]> {
    const found: PendingEntry[] = [];
    for (const entry of await this.entries()) {
      if (found.length === limit) break;
      const shown = await this.shownTo(reader, entry);
      if (shown !== undefined) found.push(shown);
    }
    return found;
  }

  /**
   * Streams with more entries than judgements may hold one that waits; where something was retracted
   * a judgement may have fallen, so these are looked at too. The fold decides.
   */
  private async entries(): Promise<readonly string[]> {
    const { schema } = stateOf(await readStates(this.models.pool), 'register');
    const { rows } = await this.models.pool.query<{ stream: string }>(
      `select stream from ${escapeIdentifier(schema)}.event group by stream
        having count(distinct entry) > count(*) filter (where type in ('EntryApproved', 'EntryRejected'))
          or bool_or(type = 'FactRetracted') and count(entry) > 0
        order by min(n)`,
    );
    const waiting: string[] = [];
    for (const { stream } of rows) {
      const ref = this.models.names.refOf(stream);
      if (ref === undefined) continue;
      waiting.push(...pendingEntries(await this.models.streams.upTo(ref.kind, ref.id, Infinity)));
    }
    return waiting;
  }

  private async shownTo(reader: Reader, entry: string): Promise<PendingEntry | undefined> {
    try {
      const found = await this.queries.execute(new EntryDetail({ entry, reader }));
      const { kind, id, keeper, digest, events } = found;
      const [first] = events;
      if (first === undefined) return undefined;
      const types = events.map((it) => it.type);
      return { entry, kind, id, keeper, digest, n: first.n, at: first.at, types };
    } catch (error) {
      // What he may not see is not in his list.
      if (error instanceof Refusal && error.kind === 'unknown') return undefined;
      throw error;
    }
  }
}
