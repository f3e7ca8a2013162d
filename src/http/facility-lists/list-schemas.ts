import type { JsonSchema } from '../../entries/domain/field.js';

const text = { type: 'string' };
const id = { type: 'string', format: 'uuid' };
const number = { type: 'integer' };
const nullable = (schema: JsonSchema) => ({ ...schema, nullable: true });
const list = (items: JsonSchema) => ({ type: 'array', items });

const progress = {
  id,
  owner: id,
  fileName: text,
  sha256: text,
  listDay: nullable({ ...text, description: '一覧の日' }),
  written: { ...text, description: '一覧が書かれた日か期間(EDTF)' },
  complete: { type: 'boolean', description: '所管団体の施設をすべて挙げた一覧か' },
  sentAt: { ...text, format: 'date-time' },
  judgement: nullable({ type: 'string', enum: ['approved', 'rejected'] }),
  state: {
    type: 'string',
    enum: ['waiting', 'applying', 'applied', 'approving', 'approved', 'rejecting', 'rejected'],
  },
  done: { ...number, description: '登録まで終わった行' },
  of: { ...number, description: '断る行を除いた行' },
  rows: { type: 'object', description: '状態ごとの行の数' },
  entries: { ...number, description: 'できた登録票' },
  judged: { ...number, description: '承認または却下が終わった登録票' },
  digest: nullable({ ...text, description: '承認するときに示す、全登録票の要約値(SHA-256)' }),
};

const finding = {
  type: 'object',
  properties: {
    code: text,
    severity: { type: 'string', enum: ['refusal', 'warning'] },
    text,
    column: text,
    read: text,
    expected: text,
    byte: number,
    lines: list(number),
  },
  required: ['code', 'severity', 'text', 'read', 'expected'],
};

const row = {
  line: number,
  lastLine: number,
  verdict: { type: 'string', enum: ['taken', 'taken-with-warnings', 'refused'] },
  name: nullable(text),
  findings: list(finding),
  state: {
    type: 'string',
    enum: ['waiting', 'sending', 'entered', 'unchanged', 'older', 'refused', 'failed'],
  },
  act: nullable({ type: 'string', enum: ['register', 'change', 'none'] }),
  facility: nullable(id),
  entry: nullable(id),
  digest: nullable(text),
  problem: nullable({ type: 'object', properties: { code: text, text } }),
  judged: nullable({ type: 'string', enum: ['approved', 'rejected'] }),
};

/** What the routes of facility lists answer with. */
export const facilityListSchemas: Readonly<Record<string, JsonSchema>> = {
  FacilityListProgress: {
    type: 'object',
    properties: progress,
    required: Object.keys(progress),
  },
  FacilityLists: {
    type: 'object',
    properties: { lists: list({ $ref: '#/components/schemas/FacilityListProgress' }) },
    required: ['lists'],
  },
  FacilityList: {
    type: 'object',
    properties: {
      ...progress,
      report: {
        type: 'object',
        description: '文字コード、様式、項目、行の数、登録しない項目、一覧にない施設',
      },
      details: list({ type: 'object', properties: row, required: Object.keys(row) }),
    },
    required: [...Object.keys(progress), 'report', 'details'],
  },
};
