import { schemaRef } from './schema-names.js';

const result = { schema: schemaRef('CommandResult') };
const problem = { 'application/problem+json': { schema: schemaRef('Problem') } };

const refusals: Readonly<Record<number, string>> = {
  400: '本文が読めない',
  401: 'サインインが必要',
  403: 'この団体についての権限がない',
  404: '対象がない',
  409: '今の登録内容では受け付けられない',
  412: 'If-Match より後に登録が加えられた',
  413: '本文が1MiBを超える',
  415: 'application/json でない',
  422: '入力に誤りがある、または Idempotency-Key が別の内容に使われている',
  503: '保存先に接続できない。同じ Idempotency-Key でやり直せる',
};

/** Every answer that a command may give. */
export function commandAnswers() {
  return [
    { status: 201, description: '登録した。ETag は登録の版', ...result },
    { status: 200, description: '同じ操作がすでに行われていた。そのときと同じ答え', ...result },
    ...problemAnswers(Object.keys(refusals).map(Number)),
  ];
}

export function problemAnswers(statuses: readonly number[]) {
  return statuses.map((status) => ({
    status,
    description: refusals[status] ?? '',
    content: problem,
  }));
}

/** Headers that a command reads. `If-Match` has no meaning for what belongs to no entry. */
export function commandHeaders(ifMatch = true) {
  const key = {
    name: 'Idempotency-Key',
    required: true,
    description: 'この操作の鍵。同じ鍵で同じ内容を送り直しても、一度しか登録されない',
    schema: { type: 'string', minLength: 8, maxLength: 200, pattern: '^[\\x21-\\x7e]+$' },
  };
  const match = {
    name: 'If-Match',
    required: false,
    description: '読んだときの ETag。ほかの人が先に登録していれば拒まれる',
    schema: { type: 'string', pattern: '^"\\d+"$' },
  };
  return ifMatch ? [key, match] : [key];
}
