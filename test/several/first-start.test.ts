import { afterEach, expect, test } from 'vitest';

import { roles } from '../../src/register/domain/acts.js';
import { readSources } from '../../src/sources/source-files.js';
import { gaps, wholeLog } from '../crash/log-of-register.js';
import type { Program } from '../compiled/program.js';
import { Processes } from './processes.js';
import { ask } from './request.js';

let processes: Processes;
afterEach(() => processes?.dispose());

function started(count: number, settings: Readonly<Record<string, string>>): readonly Program[] {
  return Array.from({ length: count }, () => processes.begin(settings));
}

test('processes that start at once on an empty database open one register, and tell it once', async () => {
  for (let round = 0; round < 3; round += 1) {
    processes = await Processes.on('several_first_start');
    const programs = started(3, {});
    await Promise.all(programs.map((it) => it.url()));

    const log = await wholeLog(processes.client);
    expect(log.map((it) => it.event.type)).toEqual(['RegisterOpened']);
    for (const role of roles) {
      const told = new RegExp(String.raw`^  ${role}  [a-z0-9]{5}(-[a-z0-9]{5}){3}  `, 'gm');
      expect(programs.flatMap((it) => it.output.match(told) ?? [])).toHaveLength(1);
    }
    await processes.dispose();
  }
}, 120_000);

test('the source documents are loaded once, whoever starts first', async () => {
  processes = await Processes.on('several_sources');
  const programs = started(2, { MUSUBI_SOURCES: 'on' });
  const urls = await Promise.all(programs.map((it) => it.url()));

  const log = await wholeLog(processes.client);
  expect(gaps(log)).toEqual([]);
  const approved = log.filter(({ event }) => event.type === 'EntryApproved');
  expect(approved).toHaveLength(readSources().entries.length);
  const loading = programs.filter((it) => it.output.includes('登録票は'));
  expect(loading).toHaveLength(1);

  const question = new URLSearchParams({ with: '横浜市', field: '図書館', on: '2017-03-01' });
  const answers = await Promise.all(
    urls.map((url) => ask('GET', `${url}/api/mutual-use?${question.toString()}`)),
  );
  expect(answers[0]?.body).toMatchObject({ total: { certain: 4 } });
  expect(answers[1]?.body).toEqual(answers[0]?.body);
}, 120_000);
