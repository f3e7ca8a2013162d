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

const date = nullable({ allOf: [ref('DateShown')] });

const told = {
  event: nullable(id),
  type: nullable(text),
  n: { ...number, description: '事実の登録番号' },
  answer: { ...answer, description: '出典の言うことが、その日までに始まっていたか' },
  reasons: list(ref('Reason')),
  presumed: codes,
  unknowns: list(text),
  acted: { ...date, description: '書かれたとおりの日。書かれていなければ null' },
  effective: date,
  source: nullable({ allOf: [ref('SourceShown')] }),
  pending,
};

const figures = list(object({ label: text, value: number, printed: text, unit: text }, 'label'));
const party = ref('PartyShown');
const next = { ...number, description: '次のページの after' };

/** What questions about measures, meetings, figures, proposals and members answer with. */
export const toldSchemas: Readonly<Record<string, JsonSchema>> = {
  SourceShown: object({ document: text, place: nullable(text), written: date }),
  Measures: answering({
    measures: list(
      object({
        ...told,
        title: nullable(text),
        description: nullable(text),
        field: nullable(text),
        stage: { ...nullable(text), description: 'done, planned, considered, confirmed, possible' },
        figures,
        parties: list(party),
        partiesOf: { type: 'string', enum: ['measure', 'record'] },
        unnamed: list({ ...text, description: '出典が名を挙げない団体' }),
        agreement: ref('AgreementShown'),
        relations: list(
          object({
            relation: text,
            to: nullable({ allOf: [ref('AgreementShown')] }),
            certainty: nullable(text),
            source: nullable({ allOf: [ref('SourceShown')] }),
          }),
        ),
      }),
    ),
    next,
  }),
  Meetings: answering({
    meetings: list(
      object({
        ...told,
        council: party,
        title: nullable(text),
        place: nullable(text),
        agenda: list(text),
        decisions: list(text),
        attendees: list(party),
        participants: nullable(number),
      }),
    ),
    next,
  }),
  Figures: answering({
    figures: list(object({ ...told, party, asOf: date, figures })),
    next,
  }),
  Proposals: answering({
    counts: list(
      object({
        ...told,
        id,
        receiver: nullable({ allOf: [party] }),
        channel: nullable(text),
        stage: nullable(text),
        count: nullable(number),
        period: date,
      }),
    ),
    proposals: list(
      object({
        id,
        n: number,
        answer,
        reasons: list(ref('Reason')),
        presumed: codes,
        states: list(text),
        title: nullable(text),
        receiver: nullable({ allOf: [party] }),
        proposers: list(party),
        unnamed: list(text),
        channel: nullable(text),
        stage: nullable(text),
        outcome: nullable(text),
        agreement: nullable({ allOf: [ref('AgreementShown')] }),
        pending,
      }),
    ),
    next,
  }),
  Members: answering({
    total: object({ certain: number, possible: number }),
    members: list(
      object({
        council: party,
        member: party,
        answer,
        reasons: list(ref('Reason')),
        presumed: codes,
        unknowns: list(text),
        acts: list({ type: 'object' }),
        pending,
      }),
    ),
  }),
};
