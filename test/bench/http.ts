import { Installation } from '../compiled/installation.js';
import { countedQueries } from './counted-queries.js';
import { ended, forked, load, message } from './load.js';
import { ReadyAnswers } from './ready-answers.js';
import { type BenchRow, interleaved, printRows } from './rounds.js';

const connections = 32;
const requestsOfRound = 3_000;

interface Question {
  readonly name: string;
  /** The URLs of one round. */
  readonly urls: (round: number) => readonly string[];
  /** At least so many times the bare route; 0 where the figure is only reported. */
  readonly wanted: number;
}

/**
 * Answers over HTTP from the compiled program with the source documents loaded, beside a bare Fastify
 * route that runs as many queries and sends the same bytes, in a process of its own with a pool of the same size. Neither logs
 * its requests.
 */
export async function benchHttp(): Promise<readonly BenchRow[]> {
  const installation = await Installation.make('bench-http');
  const generator = forked('./load-generator.js');
  try {
    const url = await installation.start().url();
    const bare = forked('./bare-server.js', await installation.database());
    try {
      const peer = await message<string>(bare);
      const rows: BenchRow[] = [];
      const answers = await ReadyAnswers.make(await installation.database());
      for (const { name, urls, wanted } of await questionsTo(url)) {
        let round = 0;
        const perSecond = async (asked: readonly string[]) => {
          const order = { urls: asked, connections, requests: requestsOfRound };
          return (await load(generator, order)).perSecond;
        };
        // What is asked again in each round counts as answered again.
        if (urls(0)[0] === urls(1)[0]) await perSecond(urls(0));
        const queries = await countedQueries(installation, urls(0).slice(0, 100));
        const answer = await answers.keep(urls(0)[0] ?? '');
        rows.push(
          await interleaved(`${name}, queries: ${queries}`, wanted, {
            ours: () => perSecond(urls((round += 1))),
            peer: () => perSecond([`${peer}/${queries}/${answer}`]),
          }),
        );
      }
      await answers.close();
      printRows(`Answering over HTTP, connections: ${connections}`, rows);
      return rows;
    } finally {
      await ended(bare);
    }
  } finally {
    await ended(generator);
    await installation.dispose();
  }
}

async function questionsTo(url: string): Promise<readonly Question[]> {
  const agreements = await agreementsOnRecord(url);
  const days = (first: number, count: number) =>
    Array.from({ length: count }, (_, i) => {
      return new Date(Date.UTC(2017, 0, 1) + (first + i) * 86_400_000).toISOString().slice(0, 10);
    });
  return [
    { name: 'mutual-use', wanted: 0.8, urls: () => days(0, 400).map((it) => libraries(url, it)) },
    {
      name: 'agreement detail',
      wanted: 0.8,
      urls: () =>
        days(0, 80).flatMap((on) => agreements.map((id) => `${url}/api/agreements/${id}?on=${on}`)),
    },
    {
      // Nothing that was answered before helps here.
      name: 'mutual-use, each day asked once',
      wanted: 0,
      urls: (round) =>
        days(1_000 + round * requestsOfRound, requestsOfRound).map((it) => libraries(url, it)),
    },
  ];
}

function libraries(url: string, on: string): string {
  const asked = new URLSearchParams({ with: '横浜市', field: '図書館', on });
  return `${url}/api/mutual-use?${asked.toString()}`;
}

async function agreementsOnRecord(url: string): Promise<readonly string[]> {
  const answer = await fetch(libraries(url, '2018-04-03'));
  const { rows } = (await answer.json()) as {
    readonly rows: readonly { readonly agreement: { readonly id: string } }[];
  };
  if (rows.length !== 5)
    throw new Error(`of the source's five agreements ${rows.length} are there`);
  return rows.map((it) => it.agreement.id);
}
