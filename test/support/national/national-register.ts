import type { StreamNames } from '../../../src/entries/stream-names.js';
import type { RecordedEvent } from '../../../src/event-sourcing/event-store.js';
import { agreementLife } from './agreement-life.js';
import { country, type Country } from './country.js';
import { drawn } from './drawn-agreement.js';
import { Queue } from './queue.js';
import { gatheringLife, gatherings, placeLife } from './party-life.js';
import { Random } from './random.js';
import { registerOpened } from './register-opened.js';
import { StreamWriter, type Clock, type Life, type Writers } from './stream-writer.js';

/** Events of the whole country, at which every municipality, ward and prefecture is in it. */
const ofTheCountry = 1_000_000;
const eventsOfAgreement = 9.9;
const opened = Date.UTC(2016, 3, 1);
const tenYears = Date.UTC(2026, 3, 1) - opened;

export interface NationalRegister {
  readonly country: Country;
  /** In the one order, from n = 0, as another store would give them. */
  readonly events: () => Generator<RecordedEvent, void, undefined>;
}

/**
 * A plausible register of the country: municipalities, wards and prefectures as the reference lists
 * have them (`country.ts`), their councils and open groups (`party-life.ts`), and an agreement for
 * every ten events (`drawn-agreement.ts` says between whom, `agreement-life.ts` what becomes of it).
 *
 * Streams live side by side for ten years from 2016-04-01: places and councils are there when the
 * register begins, agreements are registered one after another all the time, and what each does
 * later comes in between. With 1,000,000 events it has about 100,000 agreements, of which each
 * municipality stands in some two hundred. With fewer events it is that share of the country, the
 * bodies nearest to 横浜市 and the eight cities in any case: a municipality stands in about as many
 * agreements at every size, so that what an answer costs can be compared.
 *
 * The same seed makes the same bytes. Events are canonical and lawful; `sealed` fields are left out.
 */
export function nationalRegister(
  { events, seed }: { readonly events: number; readonly seed: number },
  names: StreamNames,
): NationalRegister {
  const land = country(seed, events / ofTheCountry);
  return { country: land, events: () => inOneOrder(land, events, seed, names) };
}

interface Alive {
  readonly writer: StreamWriter;
  readonly life: Life;
}

function* inOneOrder(
  land: Country,
  events: number,
  seed: number,
  names: StreamNames,
): Generator<RecordedEvent, void, undefined> {
  const clock: Clock = { at: timeOf(0, events) };
  const queue = new Queue<Alive>();
  const operator = land.bodies.find((it) => it.name === '横浜市')!;
  const writersOf = (body: string): Writers => ({
    registrar: { account: accountOf(body, '1'), body, role: 'registrar' },
    approver: { account: accountOf(body, '2'), body, role: 'approver' },
  });
  const writer = (kind: 'party' | 'agreement', id: string, keeper: string, random: Random) =>
    new StreamWriter(kind, id, names.prefix, writersOf(keeper), random, clock);
  const gathered = gatherings(land, seed);
  land.places.forEach((it, i) => {
    const made = writer('party', it.id, operator.id, new Random(seed, 3, i));
    queue.add(0, { writer: made, life: placeLife(made, it) });
  });
  gathered.forEach((it, i) => {
    const made = writer('party', it.id, operator.id, new Random(seed, 4, i));
    queue.add(0, { writer: made, life: gatheringLife(made, it) });
  });
  const agreement = (i: number): Alive => {
    const random = new Random(seed, 5, i);
    const it = drawn(land, gathered, random);
    const made = writer('agreement', random.uuid(), it.keeper.id, random);
    return { writer: made, life: agreementLife(made, it, land) };
  };

  let n = 0;
  let begun = 0;
  let waiting = agreement(0);
  const first = registerOpened(operator, names, clock.at);
  yield { ...first, n, at: first.recordedAt, position: '0' };
  n += 1;
  while (n < events) {
    const due: number = ((begun + 1) * eventsOfAgreement) / events;
    const next = queue.takeBefore(due);
    if (next === undefined) {
      begun += 1;
      queue.add(due, waiting);
      waiting = agreement(begun);
      continue;
    }
    clock.at = timeOf(n, events);
    const { value, done } = next.item.life.next();
    for (const it of next.item.writer.take()) {
      if (n === events) return;
      yield { ...it, n, at: it.recordedAt, position: String(n) };
      n += 1;
    }
    if (done !== true) queue.add(next.at + value, next.item);
  }
}

function timeOf(n: number, events: number): string {
  return new Date(opened + Math.floor((n / events) * tenYears)).toISOString();
}

/** Two accounts of each body. */
function accountOf(body: string, which: string): string {
  return `${which}${body.slice(1)}`;
}
