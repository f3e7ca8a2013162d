import { execFileSync } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { Pool } from 'pg';
import { expect, test } from 'vitest';

import { startEmbeddedServer } from '../../src/postgres/embedded-server.js';
import { own } from './owner.js';
import { disksAllowed, query, resize, smallDisk } from './scratch.js';

const allowed = disksAllowed();
if (!allowed) console.warn('NOT RUN: the full disk, for this machine lets us mount none.');

/** Leaves no byte free. */
function fill(disk: string): string {
  const filler = join(disk, 'filler');
  try {
    execFileSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=64k'], { stdio: 'pipe' });
  } catch {
    return filler;
  }
  throw new Error('dd left room on the disk');
}

test.runIf(allowed)(
  'a first start on a full disk says so, and succeeds once there is room',
  async () => {
    const disk = await smallDisk(20);
    const { answer, ended } = await own(disk);
    expect(answer.code).toBe('database/disk-full');
    expect(answer.text).toContain(disk);
    expect(await ended).toBe(75);
    expect((await readdir(disk)).filter((it) => it.startsWith('postgres.draft'))).toEqual([]);

    resize(disk, 200);
    expect((await own(disk)).answer.created).toBe(true);
  },
);

test.runIf(allowed)(
  'a later start on a full disk says so, and finds everything once there is room',
  async () => {
    const disk = await smallDisk(200);
    const first = await startEmbeddedServer({ directory: disk });
    await query(first.url, 'create table parties as select 14100 as code');
    await first.close();
    const filler = fill(disk);

    const { answer, ended } = await own(disk);
    expect(answer.code).toBe('database/disk-full');
    expect(await ended).toBe(75);

    await rm(filler);
    const next = await own(disk);
    expect(await query(next.answer.url, 'select code from parties')).toEqual([{ code: 14100 }]);
  },
);

test.runIf(allowed)(
  'a disk that fills up under the server loses nothing that was stored',
  async () => {
    const disk = await smallDisk(100);
    const server = await startEmbeddedServer({ directory: disk });
    const pool = new Pool({ connectionString: server.url, max: 1 });
    pool.on('error', () => undefined);
    await pool.query('create table events (n int primary key, body text)');
    // Noise, for PostgreSQL would compress a pattern.
    const body = `(select string_agg(md5(random()::text), '') from generate_series(1, 4000))`;
    const store = async (n: number) => pool.query(`insert into events values ($1, ${body})`, [n]);

    const stored: number[] = [];
    const refused: number[] = [];
    for (let n = 0; refused.length < 5; n += 1) {
      await store(n).then(
        () => stored.push(n),
        () => refused.push(n),
      );
    }
    expect(stored.length).toBeGreaterThan(10);

    resize(disk, 400);
    await expect
      .poll(async () => store(1_000_000).then(() => 'stored', String), { timeout: 25_000 })
      .toBe('stored');
    const kept = await pool.query<{ n: number }>(
      'select n from events where n < 1000000 order by n',
    );
    expect(kept.rows.map((it) => it.n)).toEqual(expect.arrayContaining(stored));
    await pool.end();
    await server.close();
  },
);
