import type { RegisterEvent } from '../../src/entries/domain/event.js';
import { beginnings, courses, participants, type Begins, type Placed } from './oracle-days.js';
import { everyReading, type ReadingOfActs } from './oracle-readings.js';

type Answer = 'yes' | 'no' | 'undetermined';
type Data = Readonly<Record<string, unknown>>;

/** How an agreement stands on a day, in one of the courses that things may have taken. */
export class Standing {
  constructor(
    readonly acts: ReadingOfActs,
    readonly begun: readonly Begins[],
    readonly presuming: boolean,
  ) {}

  /** A party's bond, in the words of the register. */
  bond(party: string): string {
    const has = (type: string) => this.acts.some((it) => it.type === type);
    const came = (what: string) => this.begun.filter((it) => it.what === what);
    const moves = this.begun.filter(
      (it) => it.party === party && (it.what === 'join' || it.what === 'leave'),
    );
    if (moves.at(-1)?.what === 'leave') return 'left';
    const term = this.#term();
    if (came('end').length > 0) return `ended ${groundOf(came('end').at(-1)!)}`;
    if (term === 'ended') return 'ended expired';
    if (!has('AgreementRegistered') && !has('AgreementConcluded')) return 'notConcluded';
    const stated = has('AgreementTookEffect');
    const inForce = came(stated ? 'takeEffect' : 'conclude').length > 0;
    const concluded = stated
      ? this.acts.filter(isConclusion)
      : came('conclude').map((it) => it.act);
    const together = concluded.some((act) =>
      participants(act, this.acts).some((it) => it.party === party && it.from === undefined),
    );
    const joined = together || moves.some((it) => it.what === 'join');
    if (!inForce || !joined) return 'notBegun';
    if (term === 'ended late') return 'unsaid';
    return this.presuming || term === 'runs' ? 'bound' : 'unsaid';
  }

  #term(): 'runs' | 'ended' | 'ended late' | 'silent' {
    let state: 'runs' | 'ended' | 'ended late' | 'silent' = 'silent';
    let [current, automatic, noticed] = ['', false, false];
    for (const { what, act } of this.begun) {
      const { end, renewal } = act.data as { end?: { tag?: string }; renewal?: { kind: string } };
      if (what === 'term' || what === 'renew') {
        current = act.id;
        noticed = false;
        state = end?.tag === 'none' ? 'silent' : 'runs';
        if (what === 'term') automatic = renewal?.kind === 'automatic';
      }
      if (what === 'notify') noticed = true;
      if (what === 'expire' && act.id === current) {
        state = automatic && !noticed ? 'silent' : 'ended';
      }
    }
    return state;
  }

  /** What a provider offers in a field; empty where nothing was ever recorded of it. */
  service(provider: string, field: string): string {
    const about = ({ data }: RegisterEvent) => {
      const said = data as Data;
      return (said['provider'] ?? provider) === provider && (said['field'] ?? field) === field;
    };
    const last = this.begun.findLast(({ what, act }) => what in services && about(act));
    if (last !== undefined) return services[last.what]!;
    const announced = this.acts.some((it) => it.type === 'ServiceStarted' && about(it));
    return announced ? 'notStarted' : '';
  }

  owes(provider: string, beneficiary: string): Answer {
    const stated = this.begun.findLast((it) => it.what === 'describe')?.act.data as
      Data | undefined;
    if (stated === undefined) return 'undetermined';
    const { shape, of, rest } = stated as Record<string, string>;
    if (shape === 'mesh') return 'yes';
    if (shape === 'hub' && (of === provider || of === beneficiary)) return 'yes';
    if (shape === 'oneWay' && of === provider) return 'yes';
    const pairs = (stated['pairs'] ?? []) as readonly { provider: string; beneficiary: string }[];
    if (pairs.some((it) => it.provider === provider && it.beneficiary === beneficiary))
      return 'yes';
    return rest === 'unknown' ? 'undetermined' : rest === 'bound' ? 'yes' : 'no';
  }

  obligation(provider: string, beneficiary: string): Answer {
    return all(
      bonded(this.bond(provider)),
      bonded(this.bond(beneficiary)),
      this.owes(provider, beneficiary),
    );
  }

  use(provider: string, beneficiary: string, field: string): Answer {
    const service = this.service(provider, field);
    const served = service === 'started' ? 'yes' : service === '' ? 'undetermined' : 'no';
    return all(this.obligation(provider, beneficiary), served);
  }
}

const services: Readonly<Record<string, string>> = {
  start: 'started',
  suspend: 'suspended',
  resume: 'started',
  stop: 'ended',
};

const isConclusion = ({ type }: RegisterEvent) =>
  type === 'AgreementRegistered' || type === 'AgreementConcluded';

function groundOf({ act }: Begins): string {
  return (act.data as { readonly ground: string }).ground;
}

function bonded(state: string): Answer {
  if (state === 'bound') return 'yes';
  return state === 'unsaid' || state === 'notConcluded' ? 'undetermined' : 'no';
}

function all(...answers: readonly Answer[]): Answer {
  if (answers.includes('no')) return 'no';
  return answers.includes('undetermined') ? 'undetermined' : 'yes';
}

/** Everything that may be so on each day of a window, by trying every reading and every course. */
export class Oracle {
  readonly #found: readonly { acts: ReadingOfActs; course: readonly Placed[] }[];

  readonly #readings: readonly ReadingOfActs[];
  readonly #days = new Map<number, readonly Standing[]>();
  readonly #numbers = new Map<Begins, number>();

  private constructor(
    found: readonly { acts: ReadingOfActs; course: readonly Placed[] }[],
    readonly presuming: boolean,
  ) {
    this.#found = found;
    this.#readings = [...new Set(found.map(({ acts }) => acts))];
  }

  /** Undefined where there is more to try than `most`. */
  static of(
    events: readonly RegisterEvent[],
    window: { readonly from: number; readonly to: number },
    presuming: boolean,
    most: number,
  ): Oracle | undefined {
    const found: { acts: ReadingOfActs; course: readonly Placed[] }[] = [];
    for (const acts of everyReading(events)) {
      const tried = courses(beginnings(acts, presuming), window, presuming, most);
      if (tried === 'too many') return undefined;
      for (const course of tried) found.push({ acts, course });
      if (found.length > most) return undefined;
    }
    return new Oracle(found, presuming);
  }

  /** The different answers to a question on a day. */
  possible<T>(day: number, ask: (it: Standing) => T): ReadonlySet<T> {
    return new Set(this.#on(day).map(ask));
  }

  /** The different ways in which things may stand on a day. */
  #on(day: number): readonly Standing[] {
    const known = this.#days.get(day);
    if (known !== undefined) return known;
    const ways = new Map<string, Standing>();
    for (const { acts, course } of this.#found) {
      const begun = course.filter((it) => it.day <= day).map(({ it }) => it);
      const name = `${this.#readings.indexOf(acts)} ${begun.map((it) => this.#numberOf(it)).join()}`;
      if (!ways.has(name)) ways.set(name, new Standing(acts, begun, this.presuming));
    }
    const found = [...ways.values()];
    this.#days.set(day, found);
    return found;
  }

  #numberOf(it: Begins): number {
    const number = this.#numbers.get(it) ?? this.#numbers.size;
    this.#numbers.set(it, number);
    return number;
  }
}
