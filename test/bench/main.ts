import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';

import { startEmbeddedServer } from '../../src/postgres/embedded-server.js';
import { benchAppend } from './append.js';
import { benchHttp } from './http.js';
import { benchRebuild, type RebuildFigures } from './rebuild.js';
import { benchReplay } from './replay.js';
import type { BenchRow } from './rounds.js';
import { benchStart, type StartRow } from './start.js';

/** Every bench in one run, each beside its peer; the table at the end is what the README quotes. */
// Whatever runs by then ends with this process.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

const directory = await mkdtemp(join(tmpdir(), 'musubi-bench-'));
const server = await startEmbeddedServer({ directory });
const rows: BenchRow[] = [];
const rebuilds: RebuildFigures[] = [];
try {
  rows.push(...(await benchAppend(server.url)));
  rows.push(...(await benchReplay(server.url)));
  // Twice, so that the table shows whether memory grows with the number of events.
  for (const events of [50_000, 200_000]) {
    rebuilds.push(...(await benchRebuild(server.url, events)));
  }
} finally {
  await server.close();
  await rm(directory, { recursive: true, force: true, maxRetries: 10 });
}
rows.push(...(await benchHttp()));
const starts = await benchStart();

console.log(`\nNode ${process.version}, ${cpus().length} × ${cpus()[0]?.model}\n`);
console.log(peersTable(rows));
console.log(rebuildsTable(rebuilds));
console.log(startsTable(starts));

function peersTable(all: readonly BenchRow[]): string {
  return table([
    ['', 'ours/s', 'peer/s', 'ratio', 'wanted', 'met'],
    ...all.map(({ name, ours, peer, ratio, wanted }) => [
      name,
      ours.toFixed(0),
      peer.toFixed(0),
      ratio.toFixed(2),
      wanted === 0 ? '' : wanted.toFixed(2),
      wanted === 0 ? 'reported' : ratio < wanted ? 'no' : 'yes',
    ]),
  ]);
}

function rebuildsTable(all: readonly RebuildFigures[]): string {
  return table([
    ['', 'events', 'rows', 'events/s', 'peak memory'],
    ...all.map(({ ledger, events, rows: made, eventsPerSecond, peakMb }) => [
      `rebuild of ${ledger}`,
      String(events),
      String(made),
      String(eventsPerSecond),
      `${peakMb.toFixed(0)} MB`,
    ]),
  ]);
}

function startsTable(all: readonly StartRow[]): string {
  return table([
    ['', 'first answer', 'process', 'PostgreSQL'],
    ...all.map(({ name, milliseconds, megabytes, postgres }) => [
      name,
      `${(milliseconds / 1_000).toFixed(1)} s`,
      `${megabytes.toFixed(0)} MB`,
      `${postgres.toFixed(0)} MB`,
    ]),
  ]);
}

function table(lines: readonly (readonly string[])[]): string {
  return `${lines
    .map((cells) => cells.map((it, i) => (i === 0 ? it.padEnd(48) : it.padStart(14))).join(''))
    .join('\n')}\n`;
}
