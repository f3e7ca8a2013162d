import { Inject, Injectable } from '@nestjs/common';

import { dayInTokyo, now } from '../../projections/known.js';
import type { Clock } from '../clock.js';
import { CLOCK } from '../clock.token.js';
import type { StreamKind } from '../entries/domain/act-type.js';
import { date } from '../entries/domain/field-kinds.js';
import { type Fault, Refusal } from '../entries/domain/refusal.js';
import type { CivilDate } from '../time/civil-date.js';
import { rangeOf } from '../time/day-range.js';
import { ITSELF } from '../parties/naming-itself.js';
import { type Replace, replaceParties } from './party-fields.js';
import { isId } from './request-fields.js';
import { ResolveParties } from './resolve-parties.js';

/** Names of one command at most; whoever brings more knows the ids. */
const mostNames = 300;

const longestName = 200;

/** People write 横浜市 or 141003 where an event holds an id: names are read at this edge alone. */
@Injectable()
export class ResolveReferences {
  constructor(
    private readonly parties: ResolveParties,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Raw acts with the parties' names replaced by ids, each as of the act's own day. What is no name is
   * left as it is, for the act's schema to refuse.
   * @throws Refusal party/unknown, party/ambiguous, with a fault for each
   */
  async inActs(kind: StreamKind, acts: unknown): Promise<unknown> {
    if (!Array.isArray(acts)) return acts;
    const names = new Names(this.parties);
    const read: unknown[] = [];
    for (const [i, act] of (acts as unknown[]).entries()) {
      read.push(isAct(act) ? await this.inAct(kind, act, `acts[${i}]`, names) : act);
    }
    names.refuseFaults();
    return read;
  }

  /** A dispute's own data, `{ event, fields }`. */
  async inDispute(kind: StreamKind, data: object): Promise<object> {
    const names = new Names(this.parties);
    const replace = names.asOf(this.today());
    const read = await replaceParties(kind, 'FactDisputed', data, '', (value, path) =>
      replace(value, path.slice(1)),
    );
    names.refuseFaults();
    return read as object;
  }

  /** A party by whatever names it today. @throws Refusal party/… */
  async party(text: string, field: string): Promise<string> {
    return isId(text) ? text : this.parties.get(text, field, { on: this.today(), known: now });
  }

  private async inAct(kind: StreamKind, act: RawAct, path: string, names: Names) {
    const day = dayOf(act.effective) ?? dayOf(act.acted) ?? this.today();
    const { type, data } = act;
    if (data === undefined) return act;
    const read = await replaceParties(kind, type, data, `${path}.data`, names.asOf(day));
    return { ...act, data: read };
  }

  private today(): CivilDate {
    return dayInTokyo(this.clock.millis());
  }
}

/** The names of one command, each looked up once. */
class Names {
  private readonly known = new Map<string, string | Fault>();
  private readonly faults: Fault[] = [];

  constructor(private readonly parties: ResolveParties) {}

  asOf(day: CivilDate): Replace {
    return async (value, path) => {
      if (typeof value !== 'string' || isId(value) || value === ITSELF) return value;
      if (value.length > longestName) return value;
      const found = await this.find(value, path, day);
      if (typeof found === 'string') return found;
      this.faults.push({ ...found, field: path });
      return value;
    };
  }

  refuseFaults(): void {
    const [first] = this.faults;
    if (first === undefined) return;
    const kind = first.code === 'party/unknown' ? 'unknown' : 'malformed';
    throw new Refusal(kind, first.code, '当事者を特定できません。', this.faults);
  }

  private async find(text: string, path: string, day: CivilDate): Promise<string | Fault> {
    const key = `${day} ${text}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const found =
      this.known.size < mostNames
        ? await this.parties.find(text, path, { on: day, known: now })
        : tooMany(text, path);
    this.known.set(key, found);
    return found;
  }
}

interface RawAct {
  readonly type: string;
  readonly data?: unknown;
  readonly acted?: unknown;
  readonly effective?: unknown;
}

function isAct(act: unknown): act is RawAct {
  return typeof act === 'object' && act !== null && 'type' in act && typeof act.type === 'string';
}

/** The last day that a date may mean; undefined where it bounds none. */
function dayOf(raw: unknown): CivilDate | undefined {
  if (raw === undefined) return undefined;
  const read = date().read(raw, '', { faults: [], seal: (_, value) => ({ sealed: value }) });
  const to = read && rangeOf(read)?.to;
  return to !== undefined && Number.isFinite(to) ? (to as CivilDate) : undefined;
}

function tooMany(text: string, field: string): Fault {
  const expected = `名称で指す当事者は${mostNames}まで。それより多いときはid`;
  return { field, code: 'party/too-many-names', read: text.slice(0, 80), expected };
}
