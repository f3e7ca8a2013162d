/** One line of a bench: events a second of ours and of the peer, medians over interleaved rounds. */
export interface BenchRow {
  readonly name: string;
  readonly ours: number;
  readonly peer: number;
  readonly ratio: number;
  readonly wanted: number;
}

/** Does some of its work and answers how many events a second it did. */
export type Round = () => Promise<number>;

/**
 * Runs ours and the peer in turns, so that a slow minute of the machine slows both, and takes medians.
 * The first turn of each only warms up.
 */
export async function interleaved(
  name: string,
  wanted: number,
  sides: { readonly ours: Round; readonly peer: Round },
  rounds = 5,
): Promise<BenchRow> {
  const ours: number[] = [];
  const peer: number[] = [];
  await sides.ours();
  await sides.peer();
  for (let round = 0; round < rounds; round += 1) {
    // Who goes first alternates: the second finds the server's caches and checkpoints as the first left them.
    if (round % 2 === 0) ours.push(await sides.ours());
    peer.push(await sides.peer());
    if (round % 2 === 1) ours.push(await sides.ours());
  }
  return {
    name,
    ours: medianOf(ours),
    peer: medianOf(peer),
    ratio: medianOf(ours) / medianOf(peer),
    wanted,
  };
}

/** Events a second of work that answers how many events it did. */
export async function perSecond(work: () => Promise<number>): Promise<number> {
  const start = performance.now();
  const events = await work();
  return (events * 1_000) / (performance.now() - start);
}

export function printRows(title: string, rows: readonly BenchRow[]): void {
  process.stdout.write(`\n${title}\n`);
  const line = (...cells: readonly string[]) =>
    `${cells.map((cell, place) => (place === 0 ? cell.padEnd(44) : cell.padStart(10))).join('')}\n`;
  process.stdout.write(line('', 'ours/s', 'peer/s', 'ratio', 'wanted'));
  for (const { name, ours, peer, ratio, wanted } of rows) {
    const mark = ratio < wanted ? '  too slow' : '';
    const cells = [Math.round(ours), Math.round(peer), ratio.toFixed(2), wanted.toFixed(2)];
    process.stdout.write(line(name, ...cells.map(String)).replace('\n', `${mark}\n`));
  }
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
}
