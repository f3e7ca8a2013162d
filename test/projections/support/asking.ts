import type { BoundAnswer } from '../../../projections/bound/bound.answer.js';
import { Bound, BoundHandler } from '../../../projections/bound/bound.query.js';
import { now, type Known } from '../../../projections/known.js';
import type { MutualUseAnswer } from '../../../projections/mutual-use/mutual-use.answer.js';
import { MutualUse, MutualUseHandler } from '../../../projections/mutual-use/mutual-use.query.js';
import type { Presume } from '../../../projections/presume.js';
import type { Reader } from '../../../projections/reader.js';
import { thePublic } from '../../../src/identity/principal.js';
import { idOf } from '../../support/event-builder.js';
import { day, type ReadSide } from './read-side.js';

export interface Asking {
  readonly on: string;
  readonly n?: number;
  readonly reader?: Reader;
  readonly field?: string;
  readonly presume?: Presume;
}

/** Somebody with a role for these bodies. */
export function staffOf(...bodies: readonly string[]): Reader {
  return {
    kind: 'signed-in',
    grants: bodies.map((it) => ({ role: 'counter', body: idOf(it) })),
  };
}

/** The two questions, by the names of the bodies. */
export class Counter {
  constructor(private readonly register: ReadSide) {}

  async mutualUse(party: string, asking: Asking): Promise<MutualUseAnswer> {
    const query = new MutualUse({
      ...this.common(asking),
      with: idOf(party),
      field: asking.field ?? '図書館',
    });
    const answer = await new MutualUseHandler(this.register.models).execute(query);
    return answer.read<MutualUseAnswer>();
  }

  /** The row of one partner. */
  async between(party: string, partner: string, asking: Asking) {
    const { rows } = await this.mutualUse(party, asking);
    return rows.find((it) => it.partner.id === idOf(partner));
  }

  async bound(from: string, to: string, asking: Asking): Promise<BoundAnswer> {
    const query = new Bound({
      ...this.common(asking),
      from: idOf(from),
      to: idOf(to),
      field: asking.field ?? '災害時相互応援',
    });
    return (await new BoundHandler(this.register.models).execute(query)).read<BoundAnswer>();
  }

  private common({ on, n, reader = thePublic, presume = 'all' }: Asking) {
    const known: Known = n === undefined ? now : { kind: 'number', n };
    return { on: day(on), known, reader, presume };
  }
}

export function codesOf(answer: { readonly reasons: readonly { readonly code: string }[] }) {
  return answer.reasons.map((it) => it.code);
}
