import type { JsonSchema } from '../../entries/domain/field.js';
import { answer, codes, id, list, nullable, object, pending, ref, text } from './schema-words.js';

const day = nullable({ ...text, format: 'date' });
const kind = { ...text, enum: ['member', 'whole', 'ward', 'organ', 'succession'] };

/** The paths of an answer about obligations. */
export const boundSchemas: Readonly<Record<string, JsonSchema>> = {
  Period: object({
    from: { ...day, description: '初日。null は限りなし' },
    to: { ...day, description: '続かない最初の日。null は限りなし' },
    answer,
  }),
  BoundLink: object({
    kind,
    to: ref('PartyShown'),
    answer,
    reasons: list(ref('Reason')),
    periods: list(ref('Period')),
  }),
  BoundPath: object(
    {
      kind: {
        ...text,
        enum: ['direct', 'membership', 'whole', 'ward', 'organ', 'succession'],
        description: '二者が自ら立つのでなければ、最も遠くへ導く関係',
      },
      agreement: ref('AgreementShown'),
      through: ref('PartyShown'),
      provider: ref('PartyShown'),
      beneficiary: ref('PartyShown'),
      chains: object({ from: list(ref('BoundLink')), to: list(ref('BoundLink')) }),
      answer,
      reasons: list(ref('Reason')),
      presumed: codes,
      unknowns: list(text),
      pending,
      scope: object(
        {
          ward: ref('PartyShown'),
          towards: ref('PartyShown'),
          areas: list(text),
          wards: list(ref('PartyShown')),
          events: list(id),
        },
        'events',
      ),
      reservations: list(
        object(
          { event: id, text: nullable(text), towards: list(ref('PartyShown')), fields: list(text) },
          'event',
          'text',
        ),
      ),
      periods: list(ref('Period')),
      signed: nullable({ allOf: [ref('DateShown')] }),
      dates: list({ type: 'object' }),
    },
    'kind',
    'agreement',
    'provider',
    'beneficiary',
    'chains',
    'answer',
    'reasons',
    'presumed',
    'periods',
    'reservations',
  ),
};
