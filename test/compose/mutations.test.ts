import { describe, expect, test } from 'vitest';

import { checkCompose } from './check-compose.js';
import { composeFiles, projectFile, surroundings } from './project.js';

/** One thing made wrong in a file that is right, and what must be said of it. */
const mutations: readonly [what: string, from: string | RegExp, to: string, said: RegExp][] = [
  ['a setting the server does not know', 'EVENTSTORE_NODE_IP', 'EVENTSTORE_NODE_IPP', /NODE_IPP/],
  ['a setting of an older server', 'EVENTSTORE_NODE_PORT', 'EVENTSTORE_HTTP_PORT', /HTTP_PORT/],
  ['a misspelled word', 'stop_grace_period', 'stop_grace_periode', /stop_grace_periode/],
  ['a misspelled word of a healthcheck', 'retries:', 'retry:', /unknown retry/],
  ['a misspelled section', '\nvolumes:', '\nvolume:', /unknown volume/],
  ['a variable with neither value nor default', 'LOG_LEVEL:-info', 'LOG_LEVEL', /without default/],
  ['an open brace', 'LOG_LEVEL:-info}', 'LOG_LEVEL:-info', /open brace/],
  ['a setting without a comment', /\n *# Where the ledgers.*/, '', /no comment on DATABASE_URL/],
  ['a port open to the network', '127.0.0.1:${PORT', '0.0.0.0:${PORT', /not published/],
  ['a dependency that is not there', / {6}database:\n/, '      databse:\n', /databse/],
  ['a condition that does not exist', 'condition: service_healthy', 'condition: ready', /ready/],
  ['a wait for the end of what lasts', 'service_healthy', 'service_completed_successfully', /suit/],
  [
    'a wait for a health that nobody tells',
    /\n {4}healthcheck:\n.*By TCP[^]*?\n\n/,
    '\n\n',
    /none/,
  ],
  ['a volume that nobody makes', '- database:/var', '- databases:/var', /no volume databases/],
  ['a volume that nobody uses', /\n {6}- database:\/var[^\n]*/, '\n      []', /by nothing|read/],
  ['a file that is not there', './deployment/cert', './deploy/cert', /no file .\/deploy/],
  ['a restart that is no word', 'restart: always', 'restart: ever', /"ever" is not like/],
  ['a number where a text belongs', "NODE_PORT: '2113'", 'NODE_PORT: 2113', /2113 is not like/],
  ['a time without a unit', 'interval: 5s', "interval: '5'", /is not like/],
  ['two entries of one name', '\nvolumes:', '\nname: again\nvolumes:', /unique/],
];

describe.each(composeFiles)('%s', (path) => {
  const right = projectFile(path);

  test.each(mutations)('%s is found', (_what, from, to, said) => {
    const wrong = right.replace(from, to);
    expect(wrong).not.toBe(right);
    expect(checkCompose(wrong, surroundings).join('\n')).toMatch(said);
  });

  test('a file that is no YAML is found', () => {
    expect(checkCompose(`${right}\n  - : [`, surroundings)).not.toEqual([]);
    expect(checkCompose('', surroundings)).not.toEqual([]);
  });
});
