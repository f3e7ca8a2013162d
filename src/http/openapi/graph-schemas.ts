import type { JsonSchema } from '../../entries/domain/field.js';
import { answering } from './stamped-schema.js';
import {
  answer,
  codes,
  id,
  list,
  nullable,
  number,
  object,
  pending,
  ref,
  text,
} from './schema-words.js';

const party = ref('PartyShown');
const count = object({
  certain: { ...number, description: '確かな数' },
  possible: { ...number, description: '決まらないものも数えた数' },
});
const share = { type: 'number' };
const day = nullable({ ...text, format: 'date' });

const connected = object({
  incidences: number,
  nodes: number,
  components: { ...number, description: '連結成分の数' },
  largestComponent: number,
  density: share,
});
const figures = object({
  parties: number,
  agreements: number,
  certain: connected,
  possible: connected,
});
const nodeFigures = {
  degreeCertain: { ...number, description: 'その日に確かに拘束する協定(または当事者)の数' },
  degreePossible: number,
  centrality: share,
  component: { ...nullable(number), description: '連結成分。大きい順に0から' },
};
const partyNode = object({
  id,
  name: nullable(text),
  kind: nullable(text),
  code: nullable(text),
  prefecture: nullable(text),
  latitude: nullable(share),
  longitude: nullable(share),
  ...nodeFigures,
});
const field = nullable(text);
const cell = object({
  from: { ...id, description: '義務を負う者' },
  to: { ...id, description: '義務を受ける者' },
  field: text,
  answer,
  how: list({ ...text, enum: ['direct', 'council', 'ward', 'organ', 'city', 'succession'] }),
  agreements: list(id),
  reasons: list(ref('Reason')),
  presumed: codes,
  pending,
});
const gaps = [
  'nothingRecorded',
  'notUnderCoverage',
  'notOwed',
  'ended',
  'signedNotInEffect',
  'undetermined',
  'onlyThroughCouncil',
  'bound',
];

/** What questions about the graph of agreements answer with. */
export const graphSchemas: Readonly<Record<string, JsonSchema>> = {
  Neighbourhood: answering({
    of: party,
    field,
    cut: { type: 'boolean', description: '誰の立場で立つかが多すぎ、たどりきれていない' },
    degree: object({ agreements: count, partners: count }),
    agreements: list(
      object(
        {
          agreement: ref('AgreementShown'),
          n: number,
          fields: list(text),
          answer: { ...answer, description: 'その日に、その団体を拘束するか' },
          state: {
            ...text,
            description:
              'inForce, signedNotInEffect, notSigned, notBegun, ended, left, notBound, undetermined',
          },
          reasons: list(ref('Reason')),
          presumed: codes,
          signed: nullable({ allOf: [ref('DateShown')] }),
          bilateral: nullable({ type: 'boolean' }),
          as: list({ type: 'object', description: '誰として、何を通じて立つか' }),
          others: list(party),
          othersTotal: number,
          unnamed: list(text),
          pending,
        },
        'agreement',
        'answer',
        'state',
      ),
    ),
    next: { ...number, description: '次のページの after' },
  }),
  MatrixCell: cell,
  Matrix: answering({
    parties: list(party),
    fields: list(text),
    cells: list(ref('MatrixCell')),
    agreements: list(ref('AgreementShown')),
  }),
  Gaps: answering({
    of: party,
    field: text,
    basis: {
      ...text,
      enum: ['given', 'offices'],
      description: 'offices: 隣り合うことは庁舎の位置からの推定',
    },
    total: object(Object.fromEntries(['pairs', ...gaps].map((it) => [it, number]))),
    pairs: list(
      object({
        a: party,
        b: party,
        distanceKm: { ...nullable(share), description: '庁舎間の距離' },
        gap: { ...text, enum: gaps },
        directions: list(ref('MatrixCell')),
      }),
    ),
    agreements: list(ref('AgreementShown')),
  }),
  Growth: answering({
    of: nullable({ allOf: [party] }),
    field,
    years: list(
      object({ year: number, concluded: count, ended: count, inForce: count, parties: count }),
    ),
    undated: object({ concluded: number, ended: number }),
    practices: { ...number, description: '協定書のない運用。上の数には入らない' },
  }),
  AgreementGraph: answering({
    field,
    figures,
    parties: list(partyNode),
    agreements: list(
      object({
        id,
        title: nullable(text),
        kind: nullable(text),
        fields: list(text),
        signed: nullable(text),
        ...nodeFigures,
      }),
    ),
    pending,
    incidences: list(
      object({
        party: id,
        agreement: id,
        role: text,
        answer,
        state: text,
        spells: list(object({ from: day, to: day, open: { type: 'boolean' } })),
      }),
    ),
  }),
  AgreementGraphFigures: answering({ field, figures, parties: list(partyNode), pending }),
};
