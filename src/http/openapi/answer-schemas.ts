import type { JsonSchema } from '../../entries/domain/field.js';

const id = { type: 'string', format: 'uuid' };
const text = { type: 'string' };
const number = { type: 'integer' };

/** What commands and refusals answer with. */
export const answerSchemas: Readonly<Record<string, JsonSchema>> = {
  CommandResult: {
    type: 'object',
    required: ['id', 'stream', 'events', 'revision', 'n', 'at', 'warnings', 'repeated'],
    properties: {
      id: { ...id, description: '協定・当事者・施設・提案のid' },
      stream: text,
      entry: { ...id, description: '登録票のid。承認を待つ' },
      digest: { ...text, description: '承認するときに示す、登録票の要約値(SHA-256)' },
      events: { type: 'array', items: id },
      revision: { ...number, description: 'ETag と同じ' },
      n: { ...number, description: '登録番号。at-least に渡すと、ここまで反映した答えになる' },
      at: { ...text, format: 'date-time' },
      warnings: {
        type: 'array',
        description: '登録はしたが、通例と異なる点',
        items: {
          type: 'object',
          required: ['code', 'events'],
          properties: {
            code: { ...text, example: 'service-long-after-signing' },
            events: { type: 'array', items: id },
            field: { ...text, enum: ['acted', 'effective'] },
          },
        },
      },
      repeated: { type: 'boolean', description: '同じ操作がすでに行われていたか' },
    },
  },
  Fault: {
    type: 'object',
    required: ['field', 'code', 'read', 'expected'],
    properties: {
      field: { ...text, example: 'acts[0].data.parties[1].party' },
      code: { ...text, example: 'date/impossible' },
      read: { ...text, description: '読み取った値(80字まで)' },
      expected: { ...text, description: '受け付けられる値' },
    },
  },
  Problem: {
    description: 'RFC 9457',
    type: 'object',
    required: ['type', 'title', 'status', 'code', 'detail', 'faults', 'instance'],
    properties: {
      type: { ...text, example: 'urn:musubi:problem:agreement/signatures-missing' },
      title: text,
      status: number,
      code: { ...text, example: 'agreement/signatures-missing' },
      detail: text,
      faults: { type: 'array', items: { $ref: '#/components/schemas/Fault' } },
      instance: { ...text, description: '要求の番号' },
    },
  },
};
