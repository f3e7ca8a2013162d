import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';

import { quoted, refuse } from '../../src/entries/domain/refusal.js';
import { agreementShown } from '../agreement-shown.js';
import type { Occasion, OnKnown } from '../questions.js';
import { ReadModels } from '../read-models.js';
import { sightOf, type Reader } from '../reader.js';
import { gapOf } from './gap.js';
import type { Gap, GapPair, GapsAnswer } from './gaps.answer.js';
import { readOffices, readPartyName, type PlacedParty } from './gaps.statement.js';
import { loadAmong } from './matrix.query.js';
import { distance, nearOffices } from './near-offices.js';
import type { AnswerJson } from '../answers.js';

/** 空白: which neighbours lack an agreement. The answer is the JSON text of a `GapsAnswer`. */
export class Gaps extends Query<AnswerJson> {
  constructor(
    readonly asked: OnKnown & {
      /** The id of a municipality, or of a prefecture for all of its municipalities. */
      readonly of: string;
      /** Ids of those with whom it is paired; otherwise its neighbours by office. */
      readonly with?: readonly string[];
      /** The longest distance between neighbours' offices, in kilometres. */
      readonly within: number;
      readonly field: string;
      readonly reader: Reader;
    },
  ) {
    super();
  }
}

interface Pair {
  readonly a: string;
  readonly b: string;
  readonly km: number | null;
}

@QueryHandler(Gaps)
export class GapsHandler implements IQueryHandler<Gaps> {
  constructor(private readonly models: ReadModels) {}

  /** @throws Refusal gaps/no-position */
  execute({ asked }: Gaps): Promise<AnswerJson> {
    const { of, with: given, within, field, reader } = asked;
    const key = JSON.stringify(['gaps', of, given, within, field, sightOf(reader)]);
    const ledgers = ['agreement-graph', 'parties'];
    return this.models.questions.text(asked, ledgers, key, async (occasion) => {
      const pairs = await this.pairs(of, given, within, occasion);
      const parties = [...new Set([of, ...pairs.flatMap(({ a, b }) => [a, b])])];
      const among = { parties, fields: [field], reader, acts: true } as const;
      const loaded = await loadAmong(this.models, among, occasion);
      const names = (await occasion.parties()).names(occasion.day);
      const judged = pairs.map(({ a, b, km }): GapPair => {
        const directions = [loaded.cell(a, b, field), loaded.cell(b, a, field)] as const;
        return {
          a: names.shown(a),
          b: names.shown(b),
          distanceKm: km === null ? null : Math.round(km * 10) / 10,
          gap: gapOf(directions, loaded, occasion.day),
          directions,
        };
      });
      const shown = judged.filter((it) => it.gap !== 'bound').sort(nearestFirst);
      const named = new Set(shown.flatMap((it) => it.directions.flatMap((one) => one.agreements)));
      return {
        of: names.shown(of),
        field,
        basis: given === undefined ? 'offices' : 'given',
        total: totalOf(judged),
        pairs: shown,
        agreements: loaded.agreements
          .filter((it) => named.has(it.id))
          .map((it) => agreementShown(it.record(occasion.day), reader)),
      } satisfies Omit<GapsAnswer, 'on' | 'known' | 'folds' | 'incomplete'>;
    });
  }

  private async pairs(
    of: string,
    given: readonly string[] | undefined,
    within: number,
    { state, day, n }: Occasion,
  ): Promise<readonly Pair[]> {
    const { pool } = this.models;
    const offices = await readOffices(pool, state('parties'), { day, n });
    if (given !== undefined)
      return given.map((it) => ({ a: of, b: it, km: apart(offices, of, it) }));
    const name = await readPartyName(pool, state('parties'), of, { day, n });
    const mine = new Set(
      name?.kind === 'prefecture'
        ? offices.filter((it) => it.prefecture === name.name).map((it) => it.id)
        : offices.filter((it) => it.id === of).map((it) => it.id),
    );
    if (mine.size === 0) return refuseNoPosition(name?.name ?? of);
    return nearOffices(offices, within).filter(({ a, b }) => mine.has(a) || mine.has(b));
  }
}

function apart(offices: readonly PlacedParty[], a: string, b: string): number | null {
  const one = offices.find((it) => it.id === a);
  const other = offices.find((it) => it.id === b);
  return one === undefined || other === undefined ? null : distance(one, other);
}

function totalOf(pairs: readonly GapPair[]): GapsAnswer['total'] {
  const of = (gap: Gap) => pairs.filter((it) => it.gap === gap).length;
  return {
    pairs: pairs.length,
    nothingRecorded: of('nothingRecorded'),
    notUnderCoverage: of('notUnderCoverage'),
    notOwed: of('notOwed'),
    ended: of('ended'),
    signedNotInEffect: of('signedNotInEffect'),
    undetermined: of('undetermined'),
    onlyThroughCouncil: of('onlyThroughCouncil'),
    bound: of('bound'),
  };
}

function nearestFirst(a: GapPair, b: GapPair): number {
  const [one, other] = [a.distanceKm ?? Infinity, b.distanceKm ?? Infinity];
  if (one !== other) return one - other;
  return `${a.a.id} ${a.b.id}` < `${b.a.id} ${b.b.id}` ? -1 : 1;
}

function refuseNoPosition(read: string): never {
  return refuse(
    'malformed',
    'gaps/no-position',
    'この団体の庁舎の位置が登録されていないため、隣り合う団体を推定できません。with で相手を指定してください。',
    {
      field: 'of',
      code: 'gaps/no-position',
      read: quoted(read),
      expected: '位置の登録された市区町村、その都道府県、または with による相手の指定',
    },
  );
}
