import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../clock.js';
import { CLOCK } from '../clock.token.js';
import { canonicalText } from '../event-sourcing/canonical-json.js';
import {
  RepeatedEventId,
  WrongExpectedRevision,
  type EventStore,
} from '../event-sourcing/event-store.js';
import { EVENT_STORE } from '../event-sourcing/event-store.token.js';
import { Vault } from '../vault/vault.js';
import { appendSurely } from './append-surely.js';
import { entryId } from './command-identity.js';
import { resultOf, warningsAfter, type AnyWarning, type CommandResult } from './command-result.js';
import type { Actor, Numbered, RegisterEvent } from './domain/event.js';
import { refuse } from './domain/refusal.js';
import { Timeline } from './domain/timeline.js';
import { enveloped, stored, type Draft } from './envelope.js';
import { readWholeStream, type StreamRead } from './read-stream.js';
import { commitmentsIn, openFieldsOf, SealingReading } from './sealing.js';
import type { StreamRef } from './stream-names.js';
import { StreamNames } from './stream-names.js';
import { STREAM_NAMES } from './stream-names.token.js';

/** One command to one stream: how it is read, who may, and whether it may be entered. */
export interface Order {
  readonly command: string;
  readonly stream: StreamRef;
  /** Its acts make an entry that waits for approval; approvals and disputes make none. */
  readonly makesEntry: boolean;
  readonly paper?: string;
  /** Refused when the stream has another last revision (If-Match). */
  readonly ifRevision?: number;
  read(timeline: Timeline, reading: SealingReading): readonly Draft[];
  authorise(timeline: Timeline, drafts: readonly Draft[]): Actor;
  /** Decides on the events as they would stand, one after another. */
  decide(timeline: Timeline, event: RegisterEvent, index: number): Promise<void> | void;
  /** What is odd beside what other streams say; it is told each time the command is repeated. */
  warn?(timeline: Timeline, events: readonly RegisterEvent[]): Promise<readonly AnyWarning[]>;
}

const MOST_TRIES = 20;

/** Folds the stream, looks whether the command is already in it, decides, and appends at once. */
@Injectable()
export class Recorder {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(STREAM_NAMES) private readonly names: StreamNames,
    private readonly vault: Vault,
  ) {}

  /** @throws Refusal; StoreUnavailable and AppendOutcomeUnknown from the store */
  async record(order: Order): Promise<CommandResult> {
    const stream = this.names.nameOf(order.stream);
    for (let tries = 1; ; tries++) {
      const read = await readWholeStream(this.store, stream);
      const first = read.events.findIndex(({ event }) => event.command.id === order.command);
      if (first >= 0) return this.repeat(order, stream, read, first);
      try {
        return await this.carryOut(order, stream, read);
      } catch (error) {
        const overtaken =
          error instanceof WrongExpectedRevision || error instanceof RepeatedEventId;
        if (!overtaken || tries === MOST_TRIES) throw error;
        // A leader that lost its quorum finds revisions that nobody can read yet.
        await pause(Math.min(5 * tries, 100) * Math.random());
      }
    }
  }

  private async carryOut(order: Order, stream: string, read: StreamRead): Promise<CommandResult> {
    if (order.ifRevision !== undefined && order.ifRevision !== read.revision) {
      refuse(
        'stale',
        'stream/changed',
        '読んだ後に登録票が加えられています。読み直してください。',
        {
          field: 'If-Match',
          code: 'stream/changed',
          read: `"${order.ifRevision}"`,
          expected: `"${read.revision}"`,
        },
      );
    }
    const { drafts, reading, digest, timeline } = this.prepare(order, read.events);
    const actor = order.authorise(timeline, drafts);
    const entry = order.makesEntry ? entryId(order.command) : undefined;
    const events = enveloped(drafts, {
      stream,
      revision: read.revision + 1,
      actor,
      ...(entry === undefined ? {} : { entry }),
      ...(order.paper === undefined ? {} : { paper: order.paper }),
      command: { id: order.command, digest },
      recordedAt: this.clock.instant(),
    });
    let before = read.events;
    for (const [i, event] of events.entries()) {
      await order.decide(new Timeline(before), event, i);
      before = [...before, numberedAfter(before, event)];
    }
    const beside = (await order.warn?.(new Timeline(before), events)) ?? [];
    const bodies = events.map(stored);
    const { n, revision, at } = await appendSurely(
      this.store,
      stream,
      read.revision,
      bodies,
      reading.sealed,
    );
    return resultOf(order.stream, stream, events, bodies, {
      n,
      revision,
      at,
      warnings: [...warningsAfter(order.stream, before), ...beside],
      repeated: false,
    });
  }

  /** The same body gets the first result; another under the same key is refused. */
  private async repeat(
    order: Order,
    stream: string,
    read: StreamRead,
    first: number,
  ): Promise<CommandResult> {
    const recorded = read.recorded.filter(
      (_, i) => read.events[i]?.event.command.id === order.command,
    );
    const events = recorded.map((it) => JSON.parse(it.body) as RegisterEvent);
    const { drafts, reading, digest } = this.prepare(order, read.events.slice(0, first));
    const same =
      events.every((it) => it.command.digest === digest) &&
      (await this.sealedAlike(events, drafts, reading));
    if (!same) {
      refuse(
        'malformed',
        'idempotency/reused',
        '同じ Idempotency-Key が別の内容に使われています。新しい操作には新しいキーを付けてください。',
      );
    }
    const last = recorded.at(-1)!;
    const after = read.events.filter((it) => it.n <= last.n);
    const beside = (await order.warn?.(new Timeline(after), events)) ?? [];
    const warnings = [...warningsAfter(order.stream, after), ...beside];
    return resultOf(order.stream, stream, events, recorded, { ...last, warnings, repeated: true });
  }

  private prepare(order: Order, events: readonly Numbered[]) {
    const timeline = new Timeline(events);
    const reading = new SealingReading(this.vault);
    const drafts = order.read(timeline, reading);
    if (reading.faults.length > 0) {
      refuse('malformed', 'entry/malformed', '入力に誤りがあります。', ...reading.faults);
    }
    const covered = { stream: order.stream.kind, drafts: openFieldsOf(drafts) };
    const digest = createHash('sha256').update(canonicalText(covered), 'utf8').digest('hex');
    return { timeline, drafts, reading, digest };
  }

  private async sealedAlike(
    events: readonly RegisterEvent[],
    drafts: readonly Draft[],
    reading: SealingReading,
  ): Promise<boolean> {
    const commitments = events.flatMap((it) => commitmentsIn(sealable(it)));
    const values = drafts.flatMap((it) => reading.plainIn(sealable(it)));
    if (commitments.length !== values.length) return false;
    for (const [i, commitment] of commitments.entries()) {
      if (!(await this.vault.matches(commitment, values[i] ?? ''))) return false;
    }
    return true;
  }
}

function sealable({ data, reason }: { readonly data: unknown; readonly reason?: unknown }) {
  return { data, reason };
}

function numberedAfter(events: readonly Numbered[], event: RegisterEvent): Numbered {
  const last = events.at(-1);
  return { n: (last?.n ?? -1) + 1, at: event.recordedAt, event };
}
