import { createHash } from 'node:crypto';

import { v5 } from 'uuid';

import type { AgreementEvent } from '../../src/agreements/domain/acts.js';
import type { StreamKind } from '../../src/entries/domain/act-type.js';
import { actType } from '../../src/entries/domain/catalogue.js';
import type { CommonEvent } from '../../src/entries/domain/common-acts.js';
import type { Actor, Numbered, RegisterEvent, Source } from '../../src/entries/domain/event.js';
import type { FacilityEvent } from '../../src/facilities/domain/acts.js';
import type { PartyEvent } from '../../src/parties/domain/acts.js';
import type { ProposalEvent } from '../../src/proposals/domain/acts.js';
import type { RegisterOwnEvent } from '../../src/register/domain/acts.js';
import type { PartialDate } from '../../src/time/partial-date.js';
import { readDate } from '../../src/time/read-date.js';

export type AnyEvent =
  AgreementEvent | PartyEvent | FacilityEvent | ProposalEvent | RegisterOwnEvent | CommonEvent;
export type DataOf<T extends AnyEvent['type']> = Extract<AnyEvent, { type: T }>['data'];

/** What a test says of an event beside its data; dates as people type them. */
export interface Said {
  readonly acted?: string | PartialDate;
  readonly effective?: string | PartialDate;
  readonly order?: number;
  /** Without one it counts at once; with one it waits for `approve`. Any name will do. */
  readonly entry?: string;
  readonly paper?: string;
  /** When the document was written that reports it. */
  readonly written?: string | PartialDate;
  readonly source?: Source;
  readonly actor?: Actor;
  readonly recordedAt?: string;
}

const NAMES = '6f1b4f0e-3a52-5d0c-9c55-2f1f7c1b6a10';

/** The same UUID for the same name in every run: parties, streams, entries, accounts, events. */
export function idOf(name: string): string {
  return v5(name, NAMES);
}

/** A date in any form that people type: 平成29年2月7日, 2017-02, 平成29年度, 不明. */
export function date(text: string | PartialDate): PartialDate {
  if (typeof text !== 'string') return text;
  const read = readDate(text);
  if (!read.ok) throw new Error(`${read.code}: ${text}`);
  return read.date;
}

export const registrarOfYokohama: Actor = {
  account: idOf('横浜市の登録者'),
  role: 'registrar',
  body: idOf('横浜市'),
};
export const approverOfYokohama: Actor = {
  account: idOf('横浜市の承認者'),
  role: 'approver',
  body: idOf('横浜市'),
};

/** Writes one stream: events with whole envelopes, revisions from 0, ids by stream and revision. */
export class StreamBuilder {
  readonly stream: string;
  readonly #events: RegisterEvent[] = [];

  constructor(
    readonly kind: StreamKind,
    name: string,
  ) {
    this.stream = `musubi-test-${kind}-${idOf(name)}`;
  }

  /** Everything written so far, by revision. */
  get events(): readonly RegisterEvent[] {
    return this.#events;
  }

  act<T extends AnyEvent['type']>(
    type: T,
    data: DataOf<T>,
    said: Said = {},
  ): Extract<AnyEvent, { type: T }> {
    const v = actType(this.kind, type)?.version;
    if (v === undefined) throw new Error(`${type} does not stand on a stream of ${this.kind}`);
    const revision = this.#events.length;
    const name = `${this.stream}#${revision}`;
    const event: RegisterEvent<T, DataOf<T>> = {
      id: idOf(name),
      stream: this.stream,
      revision,
      type,
      v,
      data,
      ...(said.acted === undefined ? {} : { acted: date(said.acted) }),
      ...(said.effective === undefined ? {} : { effective: date(said.effective) }),
      ...(said.order === undefined ? {} : { order: said.order }),
      ...(said.entry === undefined ? {} : { entry: idOf(said.entry) }),
      ...(said.paper === undefined ? {} : { paper: idOf(said.paper) }),
      ...sourceOf(said),
      recordedAt: said.recordedAt ?? secondOf(revision),
      actor: said.actor ?? registrarOfYokohama,
      correlation: idOf(`correlation ${name}`),
      command: { id: idOf(`command ${name}`), digest: sha256(`command ${name}`) },
      salt: Buffer.from(sha256(`salt ${name}`), 'hex')
        .toString('base64url')
        .slice(0, 22),
    };
    this.#events.push(event);
    return event as unknown as Extract<AnyEvent, { type: T }>;
  }

  retract(...events: readonly RegisterEvent[]) {
    return this.act('FactRetracted', { events: events.map((it) => it.id) });
  }

  /** Corrects fields of an act; `acted` and `effective` take dates as people type them. */
  correct(act: RegisterEvent, fields: Readonly<Record<string, unknown>>, said: Said = {}) {
    const data = { event: act.id, fields: Object.entries(fields).map(newValue) };
    return this.act('FactCorrected', data, said);
  }

  /** Doubts fields of an event; a field whose value is undefined is doubted without another. */
  dispute(event: RegisterEvent, fields: Readonly<Record<string, unknown>>) {
    const doubted = Object.entries(fields).map(([field, value]) =>
      value === undefined ? { field } : { field, value: valueFor(field, value) },
    );
    return this.act('FactDisputed', { event: event.id, fields: doubted });
  }

  settle(dispute: RegisterEvent) {
    return this.act('DisputeSettled', { dispute: dispute.id });
  }

  withdraw(dispute: RegisterEvent) {
    return this.act('DisputeWithdrawn', { dispute: dispute.id });
  }

  /** Approves an entry by its name: 確認する者は登録した者ではない. */
  approve(entry: string) {
    return this.#judge('EntryApproved', entry);
  }

  reject(entry: string) {
    return this.#judge('EntryRejected', entry);
  }

  #judge(type: 'EntryApproved' | 'EntryRejected', name: string) {
    const entry = idOf(name);
    const seen = this.#events.filter((it) => it.entry === entry).map((it) => it.id);
    const data = { entry, digest: sha256(seen.join()) };
    return this.act(type, data, { actor: approverOfYokohama });
  }
}

/** Events as the store reads them: dense numbers from `from`, and the time of each. */
export function numbered(events: readonly RegisterEvent[], from = 0): readonly Numbered[] {
  let at = '';
  return events.map((event, i) => {
    if (event.recordedAt > at) at = event.recordedAt;
    return { n: from + i, at, event };
  });
}

function newValue([field, value]: [string, unknown]): { field: string; new?: unknown } {
  return value === undefined ? { field } : { field, new: valueFor(field, value) };
}

function valueFor(field: string, value: unknown): unknown {
  const dated = field === 'acted' || field === 'effective';
  return dated && typeof value === 'string' ? date(value) : value;
}

function sourceOf({ source, written }: Said): { readonly source?: Source } {
  if (source !== undefined) return { source };
  if (written === undefined) return {};
  return { source: { document: idOf('資料'), written: date(written) } };
}

function secondOf(revision: number): string {
  return new Date(Date.UTC(2020, 3, 1, 0, 0, revision)).toISOString();
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
