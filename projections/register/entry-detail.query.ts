import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { escapeIdentifier } from 'pg';

import { refuse } from '../../src/entries/domain/refusal.js';
import type { StreamKind } from '../../src/entries/domain/act-type.js';
import { standing } from '../../src/entries/domain/standing.js';
import { entryDigest } from '../../src/entries/entry-digest.js';
import { disclosureRows, type Disclosure } from '../disclosure.js';
import { keeperOf } from '../keeper-row.js';
import { readStates, stateOf } from '../ledger-states.js';
import { ReadModels } from '../read-models.js';
import { sees, seesWithheld, type Reader } from '../reader.js';
import { eventsShown, statusOf, type EntryStatus, type EventShown } from './event-shown.js';

/** 登録票: one entry, what an approver needs to see and name. */
export class EntryDetail extends Query<EntryAnswer> {
  constructor(readonly asked: { readonly entry: string; readonly reader: Reader }) {
    super();
  }
}

export interface EntryAnswer {
  readonly entry: string;
  readonly kind: StreamKind;
  /** What the stream is about. */
  readonly id: string;
  readonly keeper: string | null;
  readonly status: EntryStatus;
  /** SHA-256 over the hashes of its events: the approval names it. */
  readonly digest: string;
  readonly events: readonly EventShown[];
  /** Approvals and rejections of it that stand. */
  readonly judged: readonly EventShown[];
}

@QueryHandler(EntryDetail)
export class EntryDetailHandler implements IQueryHandler<EntryDetail> {
  constructor(private readonly models: ReadModels) {}

  /** @throws Refusal `entry/unknown`, also for one that the reader may not see */
  async execute({ asked: { entry, reader } }: EntryDetail): Promise<EntryAnswer> {
    const stream = await this.streamOf(entry);
    const ref = stream === undefined ? undefined : this.models.names.refOf(stream);
    if (ref === undefined) return unknown(entry);
    const all = await this.models.streams.upTo(ref.kind, ref.id, Infinity);
    const mine = all.filter(({ event }) => event.entry === entry);
    const stands = standing(all, 'approved');
    const status = statusOf(entry, stands);
    const keeper = keeperOf(all);
    const disclosure = disclosureRows(all)[0]?.contents[0]?.content as Disclosure;
    const visible =
      ref.kind === 'agreement'
        ? sees(reader, { disclosure, keeper, parties: [] })
        : reader.kind === 'signed-in' || status === 'approved';
    if (!visible) return unknown(entry);
    const inside =
      ref.kind === 'agreement' ? seesWithheld(reader, keeper) : reader.grants.length > 0;
    const shown = eventsShown(all, { inside, withheld: disclosure.withheld });
    const ids = new Set(mine.map(({ event }) => event.id));
    return {
      entry,
      ...ref,
      keeper: keeper ?? null,
      status,
      digest: entryDigest(mine.map((it) => it.body)),
      events: shown.filter((it) => ids.has(it.id)),
      judged: shown.filter((it) => judges(it, entry) && it.fallenBy === undefined),
    };
  }

  private async streamOf(entry: string): Promise<string | undefined> {
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(entry)) return undefined;
    const { schema } = stateOf(await readStates(this.models.pool), 'register');
    const { rows } = await this.models.pool.query<{ stream: string }>({
      name: `entry ${schema}`,
      text: `select stream from ${escapeIdentifier(schema)}.event where entry = $1::uuid limit 1`,
      values: [entry],
    });
    return rows[0]?.stream;
  }
}

function judges({ type, data }: EventShown, entry: string): boolean {
  return (
    (type === 'EntryApproved' || type === 'EntryRejected') &&
    (data as { readonly entry: string }).entry === entry
  );
}

function unknown(entry: string): never {
  return refuse('unknown', 'entry/unknown', 'その登録票はありません。', {
    field: 'entry',
    code: 'entry/unknown',
    read: entry.slice(0, 80),
    expected: '登録票のid',
  });
}
