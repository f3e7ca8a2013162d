import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { CommandBus } from '@nestjs/cqrs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadSources } from '../../src/sources/load-sources.js';
import { loadersOf } from '../../src/sources/loaders.js';
import { readSources } from '../../src/sources/source-files.js';
import { startTestApplication, type TestApplication } from '../support/application.js';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
let app: TestApplication;

beforeAll(async () => {
  app = await startTestApplication('readme');
  const { store, names } = app.surroundings;
  const loaders = (await loadersOf(store, names))!;
  await loadSources(app.server.get(CommandBus), readSources(), loaders);
});
afterAll(() => app.close());

function blocks(language: string): string {
  const fence = new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms');
  return [...readme.matchAll(fence)].map((it) => it[1]).join('');
}

test('the walk in the README does and shows what the README says', async () => {
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', blocks('sh')], {
    env: {
      ...process.env,
      M: app.url,
      R: app.tokenOf('registrar'),
      A: app.tokenOf('approver'),
      n: '0',
    },
  });
  expect(stdout).toBe(blocks('text'));
});
