import { Agent, get } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

import type { OpenLoadAnswer, OpenLoadOrder } from './open-load.js';

/**
 * A process of its own that sends at a fixed rate and measures each answer from when its request was
 * due: an answer that is late does not keep later requests from being counted as late as they are
 * (no coordinated omission).
 */
process.on('message', (order: OpenLoadOrder) => {
  void carriedOut(order).then((answer) => process.send?.(answer));
});

async function carriedOut(order: OpenLoadOrder): Promise<OpenLoadAnswer> {
  const { urls, connections, perSecond } = order;
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const milliseconds: number[] = [];
  const refused: string[] = [];
  let bytes = 0;
  const answers: Promise<void>[] = [];
  const ask = async (i: number, url: string, due: number): Promise<void> => {
    const { status, length } = await answered(url, agent);
    milliseconds[i] = performance.now() - due;
    bytes += length;
    if (status !== 200) refused.push(url);
  };
  const start = performance.now() + 50;
  for (const [i, url] of urls.entries()) {
    const due = start + (i * 1_000) / perSecond;
    const early = due - performance.now();
    if (early > 0) await pause(early);
    answers.push(ask(i, url, due));
  }
  await Promise.all(answers);
  agent.destroy();
  return { milliseconds, refused, bytes: Math.round(bytes / urls.length) };
}

function answered(url: string, agent: Agent) {
  return new Promise<{ readonly status: number; readonly length: number }>((resolve, reject) => {
    get(url, { agent }, (response) => {
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
      });
      response.once('end', () => resolve({ status: response.statusCode ?? 0, length }));
      response.once('error', reject);
    }).once('error', reject);
  });
}
