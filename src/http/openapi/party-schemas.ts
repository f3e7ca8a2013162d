import type { JsonSchema } from '../../entries/domain/field.js';
import { answer, codes, id, list, object, pending, ref, text } from './schema-words.js';

const day = { ...text, format: 'date', nullable: true };
const finding = {
  answer,
  reasons: list(ref('Reason')),
  presumed: codes,
  pending,
};
const acts = list(ref('ActShown'));
const periods = list(ref('Period'));
const said = list(ref('Said'));

/** Parts of the answer about one party through time. */
export const partySchemas: Readonly<Record<string, JsonSchema>> = {
  PartyListed: object(
    {
      id,
      name: { ...text, nullable: true },
      code: { ...text, nullable: true },
      kana: { ...text, nullable: true },
      kind: { ...text, nullable: true },
      corporateNumber: { ...text, nullable: true },
      prefecture: { ...text, nullable: true },
      whole: ref('PartyShown'),
      pending: list(id),
    },
    'id',
    'name',
    'code',
  ),
  Period: object({
    from: { ...day, description: '初日。null は限りなく前から' },
    to: { ...day, description: '最初の、もうそうでない日。null は限りなく' },
    contents: list({ type: 'object', description: 'ありうる内容。一つなら確か' }),
    pending: list(id),
  }),
  ActShown: object(
    {
      event: id,
      type: text,
      acted: ref('DateShown'),
      effective: ref('DateShown'),
      source: { type: 'object' },
    },
    'event',
    'type',
  ),
  Said: object(
    {
      event: id,
      type: text,
      acted: ref('DateShown'),
      effective: ref('DateShown'),
      source: { type: 'object' },
      data: { type: 'object' },
    },
    'event',
    'type',
    'data',
  ),
  Relation: object({ party: ref('PartyShown'), ...finding, periods, acts }),
};

/** What stands behind the stamp of the answer about one party. */
export const partyDetail: Readonly<Record<string, unknown>> = {
  id,
  revision: { type: 'integer', description: 'ETag と同じ' },
  party: ref('PartyListed'),
  ceased: { ...object(finding), description: '承継されて、もう無いか' },
  names: object({ periods, acts }),
  parts: list(object({ party: ref('PartyListed'), ...finding })),
  members: list(ref('Relation')),
  memberOf: list(ref('Relation')),
  predecessors: list(ref('Relation')),
  successors: list(ref('Relation')),
  coverages: list(object({ field: text, ...finding, periods, acts })),
  offices: said,
  figures: said,
  meetings: said,
  events: list({ type: 'object' }),
  pending: list(id),
};
