import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

import { Installation } from '../compiled/installation.js';
import type { Program } from '../compiled/program.js';

/** From the start of the process to its first answer. */
export interface StartRow {
  readonly name: string;
  readonly milliseconds: number;
  /** The largest resident size of the process, in MB. */
  readonly megabytes: number;
  /** What its PostgreSQL takes beside, in MB; shared pages are counted once. */
  readonly postgres: number;
}

const rounds = 3;
const question = `/api/mutual-use?${new URLSearchParams({ with: '横浜市', field: '図書館' }).toString()}`;

/** Starts on new data directories, where the sources are loaded, and again on the same ones. */
export async function benchStart(): Promise<readonly StartRow[]> {
  const onNew: StartRow[] = [];
  const onOld: StartRow[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const installation = await Installation.make('bench-start');
    try {
      onNew.push(await firstAnswer('start, new data directory', installation));
      onOld.push(await firstAnswer('start, old data directory', installation));
    } finally {
      await installation.dispose();
    }
  }
  return [median(onNew), median(onOld)];
}

async function firstAnswer(name: string, installation: Installation): Promise<StartRow> {
  const start = performance.now();
  const program = installation.start();
  const url = await program.url();
  await answered(`${url}${question}`);
  const milliseconds = performance.now() - start;
  const megabytes = await peak(program);
  const postgres = await proportionalSize(await installation.postgres());
  await program.end('SIGTERM');
  return { name, milliseconds, megabytes, postgres };
}

async function answered(url: string): Promise<void> {
  for (;;) {
    const response = await fetch(url);
    await response.text();
    if (response.status === 200) return;
    await pause(20);
  }
}

async function peak({ pid }: Program): Promise<number> {
  return kilobytes(await readFile(`/proc/${pid}/status`, 'utf8'), 'VmHWM') / 1_024;
}

/** Of a process and its children; nothing where the system does not tell. */
async function proportionalSize(pid: number | undefined): Promise<number> {
  if (pid === undefined) return 0;
  const text = (path: string) => readFile(`/proc/${pid}/${path}`, 'utf8').catch(() => '');
  const children = (await text(`task/${pid}/children`)).split(' ').filter(Boolean).map(Number);
  const sizes = await Promise.all(children.map(proportionalSize));
  const own = kilobytes(await text('smaps_rollup'), 'Pss') / 1_024;
  return sizes.reduce((sum, it) => sum + it, own);
}

function kilobytes(text: string, name: string): number {
  return Number(new RegExp(String.raw`^${name}:\s+(\d+) kB`, 'm').exec(text)?.[1] ?? 0);
}

function median(rows: readonly StartRow[]): StartRow {
  const sorted = rows.toSorted((a, b) => a.milliseconds - b.milliseconds);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new RangeError('no round was run');
  return middle;
}
