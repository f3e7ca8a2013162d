import type { JsonSchema } from '../../entries/domain/field.js';
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
import { stamp } from './stamped-schema.js';

const tied = object({ party: ref('PartyShown'), as: list(ref('PartyShown')) });
const counterVerdict = {
  type: 'string',
  enum: ['usable', 'conditional', 'check', 'unusable'],
  description: '使えます、条件つき、確認が必要、使えません',
};
const contact = object(
  { party: ref('PartyShown'), office: nullable(text), telephone: nullable(text), event: id },
  'party',
  'office',
  'telephone',
);
const listed = object({ recorded: { type: 'boolean' }, items: list(text), word: text });
const said = {
  verdict: counterVerdict,
  word: text,
  sentence: text,
  reasons: list(ref('Reason')),
  pending,
  ask: contact,
};

/** The counter's answer, and the grounds that it stands on. */
export const counterSchemas: Readonly<Record<string, JsonSchema>> = {
  Counter: object(
    {
      ...stamp,
      person: { type: 'object', properties: { resident: tied, worker: tied, student: tied } },
      purpose: object({ field: text, kind: object({ poi: text, name: text }) }, 'field'),
      verdict: counterVerdict,
      word: text,
      total: object({ certain: number, possible: number }),
      partners: list(
        object({
          partner: ref('PartyShown'),
          ...said,
          bases: list(ref('CounterBasis')),
          basesTotal: number,
        }),
      ),
      next: { ...id, description: '次のページの after' },
      others: object(said),
    },
    'on',
    'known',
    'folds',
    'person',
    'purpose',
    'verdict',
    'word',
    'total',
    'partners',
  ),
  CounterBasis: object(
    {
      kind: { type: 'string', enum: ['agreement', 'ownRules'] },
      verdict: counterVerdict,
      word: text,
      sentence: text,
      eligibility: object({
        tie: { type: 'string', enum: ['resident', 'worker', 'student', 'anyone'] },
        word: text,
        to: ref('PartyShown'),
        stated: list({ type: 'object' }),
      }),
      agreement: ref('AgreementShown'),
      rule: text,
      clause: nullable(text),
      source: nullable(object({ document: text, place: text }, 'document')),
      signed: nullable({ allOf: [ref('DateShown')] }),
      serviceStart: nullable({ allOf: [ref('DateShown')] }),
      nextChange: nullable(
        object({ on: text, wareki: text, verdict: counterVerdict, word: text, what: text }),
      ),
      facilities: object({
        count: nullable(number),
        claims: list({ type: 'object' }),
        listed: nullable(number),
        difference: nullable(number),
        offered: list(object({ facility: id, name: nullable(text), open: answer })),
      }),
      bring: listed,
      limits: listed,
      exclusions: listed,
      contact,
      reasons: list(ref('Reason')),
      presumed: codes,
      unknowns: list(text),
      pending,
    },
    'kind',
    'verdict',
    'word',
    'sentence',
    'eligibility',
    'clause',
    'facilities',
    'bring',
    'limits',
    'exclusions',
    'contact',
    'reasons',
    'presumed',
    'unknowns',
    'pending',
  ),
};
