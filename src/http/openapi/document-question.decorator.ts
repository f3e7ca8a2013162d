import { applyDecorators } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiResponse } from '@nestjs/swagger';

import type { Shape } from '../../entries/domain/field.js';
import { problemAnswers } from './command-answers.js';
import { schemaRef } from './schema-names.js';

const descriptions: Readonly<Record<string, string>> = {
  with: '団体のid、全国地方公共団体コード、名称または読み',
  from: '義務を負う団体のid、コード、名称または読み',
  to: '義務を受ける団体のid、コード、名称または読み',
  party: '当事者のid、コード、名称または読み',
  field: '分野',
  owner: '施設の所管団体のid、コード、名称または読み',
  kind: '施設の種類。POIコード、その名称、または一覧の備考の言葉(1512、図書館)',
  lives: 'お住まいの市区町村または行政区のid、コード、名称または読み',
  works: 'お勤め先の市区町村または行政区のid、コード、名称または読み',
  studies: '通学先の市区町村または行政区のid、コード、名称または読み',
  purpose: '分野、または施設の種類のPOIコードか名称。図書館、1512 など',
  partner: 'この相手についてだけ答える。id、コード、名称または読み',
  council: '会議体・グループのid、名称または読み',
  receiver: '提案を受けた団体のid、コード、名称または読み',
  proposer: '提案した団体のid、コード、名称または読み',
  stage: '取組の段階',
  text: '探す言葉',
  on: '何日の時点か。平成29年3月1日、H29.3.1、2017-03-01 など。省けば今日(日本時間)',
  known: '登録簿がいつ知っていたことか。登録番号、時刻、日、または now。省けば now',
  'at-least': 'この登録番号まで反映した答えを待つ(5秒まで)',
  presume: 'none にすると、出典が黙っていることを推定しない',
  format: 'csv にすると CSV(RFC 4180、UTF-8、BOM付き)',
  status: '登録票の状態',
  limit: '件数(1〜200)',
  after: '前のページの next',
};

/**
 * What OpenAPI says of a question: what its query string takes, and its answer.
 * @param own what its words mean where they mean something of their own
 */
export function DocumentQuestion(
  summary: string,
  shape: Shape,
  answer: string,
  own: Readonly<Record<string, string>> = {},
) {
  const content = { 'application/json': { schema: schemaRef(answer) } };
  const table = { 'text/csv': { schema: { type: 'string' as const } } };
  return applyDecorators(
    ApiOperation({ summary }),
    ...Object.entries(shape).map(([name, { schema, optional }]) =>
      ApiQuery({
        name,
        required: !optional,
        description: own[name] ?? descriptions[name] ?? '',
        schema,
      }),
    ),
    ApiResponse({
      status: 200,
      description: 'on' in shape ? '答え。on と known が必ず付く' : '答え',
      content: 'format' in shape ? { ...content, ...table } : content,
    }),
    ...problemAnswers([401, 404, 422, 503]).map((it) => ApiResponse(it)),
  );
}
