import type { Basis, CounterAnswer, CounterRow } from '../../projections/counter/counter.answer.js';
import { Counter, CounterHandler } from '../../projections/counter/counter.query.js';
import { now } from '../../projections/known.js';
import type { Reader } from '../../projections/reader.js';
import { purposeOf } from '../../src/counter/domain/purpose.js';
import { readPoiKinds } from '../../src/facilities/poi-kinds.js';
import { thePublic } from '../../src/identity/principal.js';
import { idOf } from '../support/event-builder.js';
import { day, type ReadSide } from '../projections/support/read-side.js';

export interface AtDesk {
  readonly lives?: string;
  readonly works?: string;
  readonly studies?: string;
  readonly purpose?: string;
  readonly on: string;
  readonly n?: number;
  readonly partner?: string;
  readonly every?: true;
  readonly reader?: Reader;
}

const kinds = readPoiKinds();

/** The counter's question by the names of the bodies. */
export class Desk {
  constructor(private readonly register: ReadSide) {}

  async asks({
    lives,
    works,
    studies,
    purpose = '図書館',
    ...asked
  }: AtDesk): Promise<CounterAnswer> {
    const query = new Counter({
      person: {
        ...(lives === undefined ? {} : { resident: idOf(lives) }),
        ...(works === undefined ? {} : { worker: idOf(works) }),
        ...(studies === undefined ? {} : { student: idOf(studies) }),
      },
      purpose: purposeOf(purpose, kinds),
      ...(asked.partner === undefined ? {} : { partner: idOf(asked.partner) }),
      ...(asked.every === undefined ? {} : { every: asked.every }),
      on: day(asked.on),
      known: asked.n === undefined ? now : { kind: 'number', n: asked.n },
      reader: asked.reader ?? thePublic,
    });
    const text = await new CounterHandler(this.register.models).execute(query);
    return text.read<CounterAnswer>();
  }

  /** Each partner's word. */
  async words(asked: AtDesk): Promise<Readonly<Record<string, string>>> {
    const { partners } = await this.asks(asked);
    return Object.fromEntries(partners.map((it) => [it.partner.name ?? '', it.word]));
  }

  async row(partner: string, asked: AtDesk): Promise<CounterRow | undefined> {
    const { partners } = await this.asks(asked);
    return partners.find((it) => it.partner.id === idOf(partner));
  }

  async bases(partner: string, asked: AtDesk): Promise<readonly Basis[]> {
    return (await this.row(partner, asked))?.bases ?? [];
  }
}

export function codes(it: { readonly reasons: readonly { readonly code: string }[] } | undefined) {
  return it?.reasons.map(({ code }) => code) ?? [];
}
