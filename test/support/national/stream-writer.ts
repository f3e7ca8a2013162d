import { createHash } from 'node:crypto';

import type { StreamKind } from '../../../src/entries/domain/act-type.js';
import type { Actor, RegisterEvent, Source } from '../../../src/entries/domain/event.js';
import { eventHash } from '../../../src/entries/entry-digest.js';
import type { PartialDate } from '../../../src/time/partial-date.js';
import type { AnyEvent, DataOf } from '../event-builder.js';
import type { Random } from './random.js';

/** An act before it has its place; the keys of `data` stand in their canonical order. */
export interface MadeAct {
  readonly type: string;
  readonly data: unknown;
  readonly acted?: PartialDate;
  readonly effective?: PartialDate;
  readonly source?: Source;
}

/** Events of one stream with their canonical text, ready to be numbered. */
export interface Written {
  readonly id: string;
  readonly type: string;
  readonly body: string;
  readonly recordedAt: string;
  readonly stream: string;
  readonly revision: number;
}

export function made<T extends AnyEvent['type']>(
  type: T,
  data: DataOf<T>,
  dates: Pick<MadeAct, 'acted' | 'effective'> = {},
): MadeAct {
  return { type, data, ...dates };
}

/** Who writes for a body: one account enters, another judges. */
export interface Writers {
  readonly registrar: Actor;
  readonly approver: Actor;
}

/** What a life knows of the day on which it writes. */
export interface Clock {
  /** ISO 8601 in UTC with milliseconds. */
  at: string;
}

/** Writes one stream, entry by entry; what is written waits until it is taken. */
export class StreamWriter {
  readonly stream: string;
  private revision = 0;
  private waiting: Written[] = [];

  constructor(
    kind: StreamKind,
    readonly id: string,
    prefix: string,
    private readonly by: Writers,
    readonly random: Random,
    readonly clock: Clock,
  ) {
    this.stream = `${prefix}${kind}-${id}`;
  }

  take(): readonly Written[] {
    const { waiting } = this;
    this.waiting = [];
    return waiting;
  }

  /** The acts of one paper in one append: they wait for approval together. */
  enter(...acts: readonly MadeAct[]): Entered {
    const entry = this.random.uuid();
    const command = this.command();
    const written = acts.map((it) => this.write(it, this.by.registrar, command, entry));
    return new Entered(
      entry,
      written.map((it) => it.id),
      written.map(({ body }) => eventHash(body)),
    );
  }

  approve(it: Entered): void {
    this.judge('EntryApproved', it);
  }

  reject(it: Entered): void {
    this.judge('EntryRejected', it);
  }

  /** An act that belongs to no entry and counts at once. */
  state(act: MadeAct): string {
    return this.write(act, this.by.registrar, this.command()).id;
  }

  private judge(type: 'EntryApproved' | 'EntryRejected', { digest, entry }: Entered): void {
    this.write({ type, data: { digest, entry } }, this.by.approver, this.command());
  }

  private command(): { readonly digest: string; readonly id: string } {
    return { digest: this.random.hex(64), id: this.random.uuid() };
  }

  /** Keys stand in their canonical order, so that plain JSON is the canonical text (RFC 8785). */
  private write(
    { type, data, acted, effective, source }: MadeAct,
    actor: Actor,
    command: { readonly digest: string; readonly id: string },
    entry?: string,
  ): Written {
    const { revision, stream } = this;
    const recordedAt = this.clock.at;
    const event: RegisterEvent = {
      ...(acted === undefined ? {} : { acted }),
      actor,
      command,
      correlation: command.id,
      data,
      ...(effective === undefined ? {} : { effective }),
      ...(entry === undefined ? {} : { entry }),
      id: this.random.uuid(),
      recordedAt,
      revision,
      salt: Buffer.from(this.random.hex(32), 'hex').toString('base64url'),
      ...(source === undefined ? {} : { source }),
      stream,
      type,
      v: 1,
    };
    this.revision += 1;
    const written = {
      id: event.id,
      type,
      body: JSON.stringify(event),
      recordedAt,
      stream,
      revision,
    };
    this.waiting.push(written);
    return written;
  }
}

/** An entry on record: whoever judges it names its digest. */
export class Entered {
  constructor(
    readonly entry: string,
    readonly ids: readonly string[],
    private readonly hashes: readonly string[],
  ) {}

  /** As `entryDigest` has it. */
  get digest(): string {
    const all = createHash('sha256');
    for (const it of this.hashes) all.update(it, 'utf8');
    return all.digest('hex');
  }
}

/** What a stream does in its time: writes, and yields how long it is until it writes again. */
export type Life = Generator<number, void, undefined>;
