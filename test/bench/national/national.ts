import type { ChildProcess } from 'node:child_process';
import { loadavg } from 'node:os';

import { Installation } from '../../compiled/installation.js';
import { Random } from '../../support/national/random.js';
import { ended, forked, load, message } from '../load.js';
import { ReadyAnswers } from '../ready-answers.js';
import { nationalDatabase, type NationalDatabase } from './national-database.js';
import { openLoad, quantile } from './open-load.js';
import { matrixPath, questions, type Question } from './questions.js';

const connections = 32;
const wantedPerSecond = 200;
const requestsOfRound = 600;
/** Before anything is measured: the program has compiled its ways, and keeps what is asked for often. */
const requestsToWarmUp = 3_000;
const rounds = 3;
const secondsOfRound = 6;

/** What one question costs beside the bare route; milliseconds from when each request was due. */
export interface QuestionFigures {
  readonly events: number;
  readonly name: string;
  /** 200, or half of what it answers at most: what comes faster than it is answered only waits. */
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly bareP50: number;
  readonly bareP99: number;
  /** The same URLs again, as far as answers are still remembered. */
  readonly warmP99: number;
  /** Requests a second with every connection asking anew as soon as it is answered. */
  readonly saturated: number;
  readonly bareSaturated: number;
  readonly bytes: number;
  readonly wanted: Pick<Question, 'mostTimes' | 'leastShare'>;
}

/**
 * The register at the size of the country (or so many events of it): questions drawn over all
 * municipalities, fields and days, at a fixed rate and saturated, each in turns with a bare Fastify
 * route of one indexed query that sends the same bytes. A question whose route the program does not
 * have is left out.
 */
export async function benchNational(serverUrl: string, events: number): Promise<void> {
  const database = await nationalDatabase(serverUrl, events);
  const settings = { DATABASE_URL: database.url, MUSUBI_REGISTER: 'main' };
  const installation = await Installation.make('bench-national', settings);
  const generator = forked('./national/open-load-generator.js');
  const saturating = forked('./load-generator.js');
  try {
    printSetUp(database);
    const url = await installation.start().url();
    const bare = forked('./bare-server.js', database.url);
    try {
      const bareUrl = await message<string>(bare);
      const answers = await ReadyAnswers.make(database.url);
      const bench = new Beside(database, { url, bareUrl, generator, saturating, answers });
      for (const it of questions) {
        if (await bench.has(it)) print(await bench.measured(it));
        else process.stdout.write(`  ${it.name}: no such route\n`);
      }
      await bench.matrix();
      await answers.close();
    } finally {
      await ended(bare);
    }
  } finally {
    await ended(generator);
    await ended(saturating);
    await installation.dispose();
    await database.drop();
  }
}

interface Around {
  readonly url: string;
  readonly bareUrl: string;
  readonly generator: ChildProcess;
  readonly saturating: ChildProcess;
  readonly answers: ReadyAnswers;
}

class Beside {
  private readonly random = new Random(2, 7, 0);

  constructor(
    private readonly database: NationalDatabase,
    private readonly around: Around,
  ) {}

  async has(question: Question): Promise<boolean> {
    const { status } = await fetch(this.drawn(question, 1)[0] ?? '');
    return status !== 404;
  }

  async measured(question: Question): Promise<QuestionFigures> {
    const { answers, bareUrl, saturating } = this.around;
    const first = this.drawn(question, requestsOfRound);
    const bare = `${bareUrl}/1/${await answers.keep(await this.typical(first))}`;
    const saturated = (urls: readonly string[]) =>
      load(saturating, { urls, connections, requests: requestsOfRound });
    const warmUp = (urls: readonly string[]) =>
      load(saturating, { urls, connections, requests: requestsToWarmUp });
    await warmUp([bare]);
    await warmUp(this.drawn(question, requestsToWarmUp));
    const bareSaturated = await saturated([bare]);
    const oursSaturated = await saturated(this.drawn(question, requestsOfRound));
    const perSecond = Math.min(wantedPerSecond, Math.ceil(oursSaturated.perSecond / 2));
    const requests = Math.min(requestsOfRound, secondsOfRound * perSecond);
    const [ours, theirs, warm]: [number[], number[], number[]] = [[], [], []];
    let bytes = 0;
    for (let round = 0; round < rounds; round += 1) {
      const urls = this.drawn(question, requests);
      const bareUrls = urls.map(() => bare);
      const answer = await this.asked(urls, perSecond);
      bytes = answer.bytes;
      ours.push(...answer.milliseconds);
      theirs.push(...(await this.asked(bareUrls, perSecond)).milliseconds);
      warm.push(...(await this.asked(urls, perSecond)).milliseconds);
    }
    return {
      events: this.database.figures.events,
      name: question.name,
      perSecond,
      p50: quantile(ours, 0.5),
      p99: quantile(ours, 0.99),
      bareP50: quantile(theirs, 0.5),
      bareP99: quantile(theirs, 0.99),
      warmP99: quantile(warm, 0.99),
      saturated: oursSaturated.perSecond,
      bareSaturated: bareSaturated.perSecond,
      bytes,
      wanted: question,
    };
  }

  /** One after another: each is the whole matrix of the eight cities in a field on a day. */
  async matrix(): Promise<void> {
    const took: number[] = [];
    // The first ones only warm up.
    for (let i = -60; i < 60; i += 1) {
      const begun = performance.now();
      const answer = await fetch(this.around.url + matrixPath(this.database.country, this.random));
      await answer.text();
      if (answer.status !== 200) {
        process.stdout.write(`  matrix of the eight cities: answered ${answer.status}\n`);
        return;
      }
      if (i >= 0) took.push(performance.now() - begun);
    }
    const [p50, p99] = [quantile(took, 0.5), quantile(took, 0.99)].map((it) => it.toFixed(1));
    process.stdout.write(`  matrix of the eight cities: p50 ${p50} ms, p99 ${p99} ms (< 50)\n`);
  }

  private drawn({ path }: Question, count: number): readonly string[] {
    return Array.from({ length: count }, () => {
      return this.around.url + path(this.database.country, this.random);
    });
  }

  private asked(urls: readonly string[], perSecond: number) {
    return openLoad(this.around.generator, { urls, connections, perSecond });
  }

  /** The URL whose answer is of middling length: the bare route sends the same bytes. */
  private async typical(urls: readonly string[]): Promise<string> {
    const lengths: (readonly [string, number])[] = [];
    for (const url of urls.slice(0, 51)) {
      lengths.push([url, (await (await fetch(url)).text()).length]);
    }
    return lengths.toSorted(([, a], [, b]) => a - b)[25]?.[0] ?? '';
  }
}

function printSetUp({ figures, country }: NationalDatabase): void {
  const { events, rows, imported, replayed, rebuilt, copied, peakMb } = figures;
  const rate = (seconds: number) => `${seconds.toFixed(1)} s, ${(events / seconds).toFixed(0)}/s`;
  process.stdout.write(
    [
      `\nA register of ${events} events, ${country.bodies.length} bodies, ${rows} rows`,
      `  generated and imported: ${rate(imported)}`,
      `  plain replay: ${rate(replayed)}`,
      `  rebuild of all ledgers: ${rate(rebuilt)}, peak ${peakMb} MB`,
      `  rebuild beside replay: ${(replayed / rebuilt).toFixed(2)} (aim 0.30)`,
      `  COPY of the same rows into bare tables, and the same indexes: ${rate(copied)}`,
      `  that COPY beside replay: ${(replayed / copied).toFixed(2)}; rebuild beside that COPY: ${(copied / rebuilt).toFixed(2)}`,
      `  load average ${loadavg()[0]?.toFixed(1)}`,
      '',
    ].join('\n'),
  );
}

function print(it: QuestionFigures): void {
  const { mostTimes, leastShare } = it.wanted;
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  const times = it.p99 / it.bareP99;
  const share = it.saturated / it.bareSaturated;
  const wanted = leastShare === undefined ? '' : `, wanted ${leastShare}`;
  process.stdout.write(
    [
      `  ${it.name}, ${it.bytes} bytes, load average ${loadavg()[0]?.toFixed(1)}`,
      `    at ${it.perSecond}/s: p50 ${ms(it.p50)}, p99 ${ms(it.p99)}; bare p50 ${ms(it.bareP50)}, p99 ${ms(it.bareP99)}; ${times.toFixed(1)} × (at most ${mostTimes}); again p99 ${ms(it.warmP99)}`,
      `    saturated: ${it.saturated.toFixed(0)}/s; bare ${it.bareSaturated.toFixed(0)}/s; ${share.toFixed(2)} ×${wanted}`,
      '',
    ].join('\n'),
  );
}
