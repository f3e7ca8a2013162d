import { Inject, Injectable } from '@nestjs/common';
import { escapeIdentifier } from 'pg';

import { namePart } from '../../../projections/facilities/facilities.ledger.js';
import { readStates, stateOf } from '../../../projections/ledger-states.js';
import { ReadModels } from '../../../projections/read-models.js';
import { ReadSide } from '../../../projections/read-side.js';
import type { Numbered } from '../../entries/domain/event.js';
import { refuse } from '../../entries/domain/refusal.js';
import { readWholeStream } from '../../entries/read-stream.js';
import type { EventStore } from '../../event-sourcing/event-store.js';
import { EVENT_STORE } from '../../event-sourcing/event-store.token.js';
import type { Stated } from '../../facilities/domain/attributes.js';
import type { Described } from '../../facilities/domain/facility-parts.js';
import { describedOn } from '../../facilities/import/compare-row.js';
import { comparableAddress } from '../../facilities/list/comparable.js';
import { TransportRefusal } from '../transport-problem.js';

const PATIENCE = 10_000;

export interface Known {
  readonly id: string;
  readonly events: readonly Numbered[];
  /** What it may be like on the last of all days, by all that is entered. */
  readonly described: readonly Described[];
}

/** Which facilities of an owner are on record or waiting for approval, and which one a row means. */
@Injectable()
export class KnownFacilities {
  constructor(
    private readonly models: ReadModels,
    private readonly readSide: ReadSide,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /**
   * Found by the ledger once it has all that the store has; what each is like is read from its stream.
   * @throws TransportRefusal projection/behind; Refusal facility-list/incomplete
   */
  async of(owner: string): Promise<OwnedFacilities> {
    const head = await this.store.head();
    if (head !== null && !(await this.readSide.waitFor(head.n, PATIENCE))) {
      throw new TransportRefusal({
        status: 503,
        code: 'projection/behind',
        detail: '台帳がまだ最新の登録まで進んでいません。少し待ってからやり直してください。',
        retryAfter: 2,
      });
    }
    const { schema, parked } = stateOf(await readStates(this.models.pool), 'facilities');
    if (parked.length > 0) {
      refuse(
        'conflict',
        'facility-list/incomplete',
        '台帳に読めていない施設があるため、同じ施設かどうかを確かめられません。管理者に知らせてください。',
      );
    }
    const rows = `${escapeIdentifier(schema)}.part_row`;
    const { rows: named } = await this.models.pool.query<{ stream: string; part: string }>(
      `select r.stream, r.part from ${rows} o join ${rows} r using (stream)
        where o.part = $1 and upper_inf(o.known) and upper_inf(r.known)
          and (r.part like 'listId:%' or r.part like 'name:%')`,
      [`owner:${owner}`],
    );
    return new OwnedFacilities(named, (id) => this.read(id));
  }

  private async read(id: string): Promise<Known> {
    const stream = this.models.names.nameOf({ kind: 'facility', id });
    const { events } = await readWholeStream(this.store, stream);
    return { id, events, described: describedOn(events, Infinity) };
  }
}

export class OwnedFacilities {
  private readonly byPart = new Map<string, string[]>();

  constructor(
    named: readonly { readonly stream: string; readonly part: string }[],
    private readonly read: (id: string) => Promise<Known>,
  ) {
    for (const { stream, part } of named) {
      const streams = this.byPart.get(part);
      if (streams === undefined) this.byPart.set(part, [stream]);
      else streams.push(stream);
    }
  }

  /**
   * The facilities that a row may mean: those with its list id; else those of its name and address
   * whose own list id, if any, stands for no other row of the list.
   */
  async meant(stated: Stated, idsInList: ReadonlySet<string>): Promise<readonly Known[]> {
    const listId = stated['listId'];
    if (listId !== undefined) {
      const found = await this.named(`listId:${listId}`);
      const mine = found.filter((it) => says(it, 'listId', (value) => value === listId));
      if (mine.length > 0) return mine;
    }
    const address = comparableAddress(String(stated['address'] ?? ''));
    const alike = await this.named(namePart(String(stated['name'])));
    return alike.filter(
      (it) =>
        says(it, 'address', (value) => comparableAddress(String(value ?? '')) === address) &&
        (listId === undefined ||
          says(it, 'listId', (value) => value === undefined || !idsInList.has(String(value)))),
    );
  }

  /** All but these, one after another. */
  async *others(than: ReadonlySet<string>): AsyncGenerator<Known> {
    for (const id of [...new Set([...this.byPart.values()].flat())].sort()) {
      if (!than.has(id)) yield await this.read(id);
    }
  }

  private async named(part: string): Promise<readonly Known[]> {
    return Promise.all((this.byPart.get(part) ?? []).map((it) => this.read(it)));
  }
}

function says(
  { described }: Known,
  attribute: string,
  so: (value: string | number | undefined) => boolean,
): boolean {
  return described.some(({ attributes }) => so(attributes[attribute]?.value));
}
