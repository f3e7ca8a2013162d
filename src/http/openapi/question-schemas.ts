import type { JsonSchema } from '../../entries/domain/field.js';
import { boundSchemas } from './bound-schemas.js';
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
import { partyDetail, partySchemas } from './party-schemas.js';
import { counterSchemas } from './counter-schemas.js';
import { answering } from './stamped-schema.js';

const finding = object({ answer, reasons: list(ref('Reason')), presumed: codes });

/** What questions answer with. Every answer says the day and the register number it rests on. */
export const questionSchemas: Readonly<Record<string, JsonSchema>> = {
  KnownAt: object({
    n: { ...number, description: '登録番号' },
    at: { ...text, format: 'date-time' },
    settled: { type: 'boolean', description: '同じ時刻で問えば必ず同じ登録番号になるか' },
  }),
  Reason: object({ code: text, events: list(id) }),
  PartyShown: object({ id, name: nullable(text), code: nullable(text) }),
  AgreementShown: object({ id, title: nullable(text), kind: nullable(text) }),
  DateShown: object(
    { edtf: text, tag: text, text, iso: text, wareki: text, event: id },
    'iso',
    'wareki',
  ),
  ...boundSchemas,
  MutualUse: answering({
    total: object({ certain: number, possible: number }),
    rows: list(
      object(
        {
          partner: ref('PartyShown'),
          as: ref('PartyShown'),
          agreement: ref('AgreementShown'),
          answer,
          directions: object({ partnerUsesOurs: finding, weUsePartners: finding }),
          signed: nullable({ allOf: [ref('DateShown')] }),
          serviceStart: nullable({ allOf: [ref('DateShown')] }),
          facilities: object({
            count: nullable(number),
            claims: list({ type: 'object' }),
            listed: number,
            difference: nullable(number),
          }),
          reasons: list(ref('Reason')),
          presumed: codes,
          pending,
          disputed: { type: 'boolean' },
        },
        'partner',
        'agreement',
        'answer',
        'reasons',
        'presumed',
      ),
    ),
  }),
  Bound: answering({
    from: ref('PartyShown'),
    to: ref('PartyShown'),
    field: text,
    answer,
    reasons: list(ref('Reason')),
    presumed: codes,
    pending,
    scoped: { type: 'boolean', description: 'どの経路も区または区域に限られるとき true' },
    periods: list(ref('Period')),
    paths: list(ref('BoundPath')),
    pathsTotal: { ...number, description: '見つかった経路の数。paths は短いものから100件まで' },
    cut: { type: 'boolean', description: '経路が多すぎて、たどりきれていないとき true' },
    missing: list({ type: 'object', description: '答えを決めるのに足りない事実' }),
  }),
  ...counterSchemas,
  Agreements: answering({
    agreements: list(
      object({ id, n: number, keeper: id, title: nullable(text), fields: list(text), pending }),
    ),
    next: { ...number, description: '次のページの after' },
  }),
  AgreementDetail: answering({
    id,
    revision: { ...number, description: 'ETag と同じ' },
    keeper: nullable({ allOf: [ref('PartyShown')] }),
    agreement: { type: 'object' },
    parties: list(ref('PartyShown')),
    parts: list({ type: 'object' }),
    events: list({ type: 'object' }),
    warnings: list(object({ code: text, events: list(id) })),
    pending,
  }),
  Parties: answering({
    parties: list(ref('PartyListed')),
    next: { ...id, description: '次のページの after' },
  }),
  ...partySchemas,
  PartyDetail: answering(partyDetail),
  Facilities: answering({
    total: object({ certain: number, possible: number }),
    facilities: list(
      object({
        id,
        owner: nullable({ allOf: [ref('PartyShown')] }),
        name: nullable(text),
        kana: nullable(text),
        poi: nullable(text),
        kind: nullable(text),
        note: nullable(text),
        address: nullable(text),
        latitude: nullable({ type: 'number' }),
        longitude: nullable({ type: 'number' }),
        telephone: nullable(text),
        url: nullable(text),
        open: finding,
        undetermined: list({ ...text, description: 'この日の値が決まらない項目' }),
        pending,
      }),
    ),
    counts: list(
      object({
        event: id,
        agreement: ref('AgreementShown'),
        field: nullable(text),
        stated: { ...number, description: '出典の述べる数' },
        listed: nullable({ ...number, description: '登録された一覧で、確かにある施設の数' }),
        listedPossible: nullable(number),
        difference: nullable({ ...number, description: '一覧の数から述べられた数を引いた差' }),
      }),
    ),
    pending,
    next: { ...id, description: '次のページの after' },
  }),
  FacilityDetail: answering({
    id,
    owner: nullable({ allOf: [ref('PartyShown')] }),
    open: finding,
    attributes: list(
      object(
        {
          attribute: { ...text, example: 'opening.days' },
          values: list(
            object(
              {
                value: { oneOf: [text, { type: 'number' }] },
                event: id,
                column: { ...text, description: '一覧の見出しにある項目名' },
                written: { ...text, description: '値と異なるとき、一覧に書かれたまま' },
                line: { ...number, description: '一覧の行' },
                sha256: { ...text, description: '一覧のファイルのSHA-256' },
                source: { type: 'object' },
              },
              'value',
              'event',
            ),
          ),
          unsaid: { type: 'boolean', description: '値がないこともありうるとき true' },
        },
        'attribute',
        'values',
      ),
    ),
    offers: list(
      object({
        agreement: ref('AgreementShown'),
        provider: nullable({ allOf: [ref('PartyShown')] }),
        from: nullable({ ...text, format: 'date', description: '提供の初日' }),
        to: nullable({ ...text, format: 'date', description: '提供のない最初の日' }),
        answer,
        pending,
      }),
    ),
    acts: list({ type: 'object' }),
    pending,
  }),
  PendingEntries: object({
    entries: list(
      object({
        entry: id,
        kind: text,
        id,
        keeper: nullable(id),
        digest: text,
        n: number,
        at: { ...text, format: 'date-time' },
        types: list(text),
      }),
    ),
  }),
  Entry: object({
    entry: id,
    kind: text,
    id,
    keeper: nullable(id),
    status: { type: 'string', enum: ['pending', 'approved', 'rejected'] },
    digest: { ...text, description: '承認するときに示す要約値' },
    events: list({ type: 'object' }),
    judged: list({ type: 'object' }),
  }),
};
