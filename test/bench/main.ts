import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { startEmbeddedServer } from '../../src/postgres/embedded-server.js';
import { benchAppend } from './append.js';
import { benchEventStoreDbAppend } from './eventstoredb-append.js';
import { benchEventStoreDbImport } from './eventstoredb-import.js';
import { benchMove } from './eventstoredb-move.js';
import { benchEventStoreDbOpen, megabytesOfOrder } from './eventstoredb-open.js';
import { benchEventStoreDbReplay } from './eventstoredb-replay.js';
import { benchHttp } from './http.js';
import { benchNational } from './national/national.js';
import { benchRebuild, type RebuildFigures } from './rebuild.js';
import { benchReplay } from './replay.js';
import type { BenchRow } from './rounds.js';
import { benchStart, type StartRow } from './start.js';
import { benchTakeOver } from './take-over.js';

/**
 * Every bench in one run, each beside its peer; the table at the end is what the README quotes. The
 * names of some, `npm run bench -- eventstoredb take-over`, run those alone; the national register has
 * as many events as `--events` says, once for each.
 */
// Whatever runs by then ends with this process.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

const rows: BenchRow[] = [];
const rebuilds: RebuildFigures[] = [];
const starts: StartRow[] = [];
const lines: (readonly string[])[] = [];

const given = parseArgs({
  allowPositionals: true,
  options: { events: { type: 'string', multiple: true, default: ['10000', '100000'] } },
});
const nationalSizes = given.values.events.map(Number);

const benches: Readonly<Record<string, (databaseUrl: string) => Promise<void>>> = {
  append: async (url) => void rows.push(...(await benchAppend(url))),
  replay: async (url) => void rows.push(...(await benchReplay(url))),
  rebuild: async (url) => {
    // Twice, so that the table shows whether memory grows with the number of events.
    for (const events of [50_000, 200_000]) rebuilds.push(...(await benchRebuild(url, events)));
  },
  eventstoredb: async (url) => {
    rows.push(...(await benchEventStoreDbAppend(url)));
    rows.push(...(await benchEventStoreDbReplay(url)));
    rows.push(...(await benchEventStoreDbImport(url)));
    for (const { name, events, seconds } of [
      await benchMove(),
      ...(await benchEventStoreDbOpen(url)),
    ]) {
      const [took, perSecond] = [seconds.toFixed(2), (events / seconds).toFixed(0)];
      lines.push([name, `${events} events`, `${took} s`, `${perSecond}/s`]);
    }
    const megabytes = megabytesOfOrder().toFixed(0);
    lines.push(['order of a register in EventStoreDB', '1000000 events', `${megabytes} MB`, '']);
  },
  'take-over': async () => {
    const { name, seconds, slowest } = await benchTakeOver();
    const met = seconds <= 5 ? 'yes' : 'no';
    lines.push([name, `${seconds.toFixed(2)} s`, `at most ${slowest.toFixed(2)}`, `≤ 5 s: ${met}`]);
  },
  http: async () => void rows.push(...(await benchHttp())),
  start: async () => void starts.push(...(await benchStart())),
  national: async (url) => {
    // A share of the country first: what an answer costs may not grow with the register.
    for (const events of nationalSizes) await benchNational(url, events);
  },
};

const { positionals: asked } = given;
const unknown = asked.filter((it) => !(it in benches));
if (unknown.length > 0) {
  console.error(`no bench ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}`);
  process.exit(2);
}

const directory = await mkdtemp(join(tmpdir(), 'musubi-bench-'));
const server = await startEmbeddedServer({ directory });
process.env['TEST_DATABASE_URL'] = server.url;
try {
  for (const [name, bench] of Object.entries(benches)) {
    if (asked.length === 0 || asked.includes(name)) await bench(server.url);
  }
} finally {
  await server.close();
  await rm(directory, { recursive: true, force: true, maxRetries: 10 });
}

console.log(`\nNode ${process.version}, ${cpus().length} × ${cpus()[0]?.model}`);
console.log(`load average at the end ${loadavg()[0]?.toFixed(1)}\n`);
if (rows.length > 0) console.log(peersTable(rows));
if (rebuilds.length > 0) console.log(rebuildsTable(rebuilds));
if (starts.length > 0) console.log(startsTable(starts));
if (lines.length > 0) console.log(table(lines));

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
