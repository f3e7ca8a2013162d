import { Agent, get } from 'node:http';

import type { LoadAnswer, LoadOrder } from './load.js';

/**
 * A process of its own that asks over so many connections kept open, each waiting for its answer before
 * it asks again, and tells its parent how many answers came a second.
 */
process.on('message', (order: LoadOrder) => {
  void carriedOut(order).then((answer: LoadAnswer) => process.send?.(answer));
});

async function carriedOut({ urls, connections, requests }: LoadOrder): Promise<LoadAnswer> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let asked = 0;
  let refused = 0;
  let bytes = 0;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (asked < requests) {
        const url = urls[asked % urls.length] ?? '';
        asked += 1;
        const answer = await answered(url, agent);
        bytes += answer.bytes;
        if (answer.status !== 200) refused += 1;
      }
    }),
  );
  const perSecond = (asked * 1_000) / (performance.now() - start);
  agent.destroy();
  return { perSecond, refused, bytes: Math.round(bytes / asked) };
}

function answered(url: string, agent: Agent) {
  return new Promise<{ readonly status: number; readonly bytes: number }>((resolve, reject) => {
    get(url, { agent }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.once('end', () => resolve({ status: response.statusCode ?? 0, bytes }));
      response.once('error', reject);
    }).once('error', reject);
  });
}
