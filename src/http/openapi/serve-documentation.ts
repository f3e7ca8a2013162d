import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

import { actSchemas } from './act-schemas.js';
import { answerSchemas } from './answer-schemas.js';
import { documentationPath } from './documentation-path.js';
import { facilityListSchemas } from '../facility-lists/list-schemas.js';
import { graphSchemas } from './graph-schemas.js';
import { questionSchemas } from './question-schemas.js';
import { toldSchemas } from './told-schemas.js';

const description = `
公共団体どうしの協定の登録簿です。

- 日付は、平成29年2月7日、H29.2.7、2017-02-07、平成23年11月、平成29年度、不明 など、人が書く形で受け付けます。
- 当事者は、id、全国地方公共団体コード、名称、読みのどれでも指せます。
- 操作には Idempotency-Key が要ります。同じ鍵で送り直しても、一度しか登録されません。
- 問いには on(何日の時点か)と known(登録簿がいつ知っていたことか)を付けられ、答えにも必ず付きます。
- 誤りは application/problem+json で、変わらない code と、項目ごとの faults を返します。
`;

/** OpenAPI at /api/docs, with its page's files from here and nowhere else; JSON at /api/docs-json. */
export function serveDocumentation(app: INestApplication): void {
  SwaggerModule.setup(documentationPath, app, () => openApiDocument(app), {
    customSiteTitle: '結 API',
  });
}

export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('結 — 公共団体の協定の登録簿')
    .setDescription(description)
    .setVersion('1')
    .addTag('questions', '尋ねる(サインインは要りません)')
    .addTag('graph', '協定のつながりを尋ねる')
    .addTag('agreements', '協定')
    .addTag('entries', '登録票と承認')
    .addTag('disputes', '異議')
    .addTag('parties', '当事者')
    .addTag('facilities', '施設')
    .addTag('facility-lists', '公共施設一覧の取込み')
    .addTag('proposals', '提案')
    .addTag('session', 'サインイン')
    .addTag('accounts', 'アカウント')
    .addTag('grants', '権限')
    .addTag('operation', '運用')
    .addBearerAuth({ type: 'http', scheme: 'bearer' })
    .build();
  const document = SwaggerModule.createDocument(app, config);
  const schemas = {
    ...document.components?.schemas,
    ...actSchemas(),
    ...answerSchemas,
    ...questionSchemas,
    ...facilityListSchemas,
    ...toldSchemas,
    ...graphSchemas,
  };
  return { ...document, components: { ...document.components, schemas } };
}
