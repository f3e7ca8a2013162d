import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { inProject } from './project.js';

const root = mkdtempSync(join(tmpdir(), 'musubi-backup-'));
afterAll(() => rmSync(root, { recursive: true }));

/** What a node has on its disk, by the names that the server gives. */
const files = {
  'index/indexmap': 'map',
  'index/5a1a8395-94ee-40c1-bf93-aa757b5887f8': 'table',
  'index/stream-existence/streamExistenceFilter.chk': 'filter at',
  'index/stream-existence/streamExistenceFilter.dat': 'filter',
  'chaser.chk': 'chased',
  'epoch.chk': 'epoch',
  'proposal.chk': 'proposed',
  'truncate.chk': 'nothing',
  'writer.chk': 'written',
  'chunk-000000.000000': 'first',
  'chunk-000001.000000': 'second',
};

function newDirectory(name: string, content: Readonly<Record<string, string>> = {}): string {
  const directory = join(root, name);
  mkdirSync(directory);
  for (const [path, text] of Object.entries(content)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  return directory;
}

function script(name: string, directory: string, input?: Buffer) {
  const env = { ...process.env, EVENTSTORE_DATA: directory };
  const options = { env, ...(input === undefined ? {} : { input }) };
  return spawnSync('bash', [inProject(`deployment/${name}`)], options);
}

test('a backup reads checkpoints before what they count, and the index before the data', () => {
  const { status, stdout } = script('back-up-events.sh', newDirectory('order', files));
  expect(status).toBe(0);
  const listed = spawnSync('tar', ['--list', '--ignore-zeros'], { input: stdout });
  const names = listed.stdout
    .toString()
    .trim()
    .split('\n')
    .map((it) => it.replace(/^\.\//, ''));
  expect(names.toSorted()).toEqual(Object.keys(files).toSorted());

  const stages = names.map((it) =>
    [/^index.*chk$/, /^index/, /chk$/, /^chunk/].findIndex((is) => is.test(it)),
  );
  expect(stages).toEqual([0, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3]);
});

test('a restored node has what the backup holds, and cuts at what was chased', () => {
  const { stdout } = script('back-up-events.sh', newDirectory('source', files));
  const target = newDirectory('target');
  expect(script('restore-events.sh', target, stdout).status).toBe(0);
  const found = readdirSync(target, { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile())
    .map((it) => join(it.parentPath, it.name));
  const texts = found.map((it) => [it.slice(target.length + 1), readFileSync(it, 'utf8')]);
  expect(Object.fromEntries(texts)).toEqual({ ...files, 'truncate.chk': 'chased' });
});

test('a node that has no index yet is backed up too', () => {
  const {
    'index/indexmap': _map,
    'index/5a1a8395-94ee-40c1-bf93-aa757b5887f8': _table,
    ...young
  } = files;
  const { status, stdout } = script('back-up-events.sh', newDirectory('young', young));
  expect(status).toBe(0);
  expect(script('restore-events.sh', newDirectory('young-again'), stdout).status).toBe(0);
});

test('a directory with anything in it is not restored into, and a backup without data is none', () => {
  const { stdout } = script('back-up-events.sh', newDirectory('again', files));
  const full = newDirectory('full', { 'chunk-000000.000000': 'other' });
  expect(script('restore-events.sh', full, stdout).status).toBe(1);
  expect(readFileSync(join(full, 'chunk-000000.000000'), 'utf8')).toBe('other');

  expect(script('back-up-events.sh', newDirectory('empty')).status).not.toBe(0);
  expect(script('restore-events.sh', newDirectory('nothing'), Buffer.alloc(0)).status).not.toBe(0);
});
