import { Processes, type Serving } from '../several/processes.js';
import { leadsNow, leadsOf, takenOver } from '../several/leads.js';
import { Writers } from '../crash/writers.js';
import { medianOf } from './rounds.js';

const rounds = 5;

export interface TakeOverFigures {
  readonly name: string;
  /** From the death of the leader until another has taken in a new event, for all of its ledgers. */
  readonly seconds: number;
  readonly slowest: number;
}

/** Two processes on one database under load: the leader is killed, again and again. */
export async function benchTakeOver(): Promise<TakeOverFigures> {
  const processes = await Processes.on('bench_take_over');
  try {
    let [one, other] = [await processes.start(), await processes.start()];
    const office = await processes.office(one.url);
    const writers = new Writers(office, async () => other.url);
    writers.start(3);
    await writers.reach(20);
    const seconds: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      // Writers ask the process that goes on.
      if ((await leadsOf(other.url)).length > 0) [one, other] = [other, one];
      seconds.push(await killed(processes, one));
      one = await processes.start();
    }
    await writers.stop();
    const [median, slowest] = [medianOf(seconds), Math.max(...seconds)];
    console.log(`\nkill -9 of a leading process: taken over after ${median.toFixed(2)} s`);
    return { name: 'take-over of the ledgers, leader killed', seconds: median, slowest };
  } finally {
    await processes.dispose();
  }
}

async function killed({ client }: Processes, { program, url }: Serving): Promise<number> {
  const led = await leadsOf(url);
  const before = (await leadsNow(client)).filter((it) => led.includes(it.ledger));
  const ended = program.end('SIGKILL');
  const found = await takenOver(client, before);
  await ended;
  return Math.max(...found.map((it) => it.projectedAfter)) / 1_000;
}
