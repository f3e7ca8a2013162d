import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import type { CommandResult } from '../../src/entries/command-result.js';

/** One command, as it goes out again and again under its key. */
export interface Command {
  readonly token: string;
  readonly path: string;
  readonly body: object;
  readonly key: string;
}

/** A command with the first answer that came back. */
export interface Acknowledged extends Command {
  readonly status: number;
  readonly answer: CommandResult;
}

export function command(token: string, path: string, body: object): Command {
  return { token, path, body, key: randomUUID() };
}

/** An answer that no fault of the machine explains. */
export class StrangeAnswer extends Error {
  override readonly name = 'StrangeAnswer';
}

/**
 * Sends a command under the same key until it is acknowledged, as the answers 503 ask for; `repeating`
 * hears of each time that it was not.
 * @param address where the server is; settles when there is one
 * @throws StrangeAnswer for anything but 200, 201 and 503
 */
export async function surely(
  address: () => Promise<string>,
  it: Command,
  repeating: (why: string) => void,
): Promise<Acknowledged> {
  for (;;) {
    const response = await sent(await address(), it).catch((fault: unknown) => fault as Error);
    if (response instanceof Error) {
      repeating(response.name);
    } else if (response.status === 200 || response.status === 201) {
      return { ...it, status: response.status, answer: response.answer };
    } else if (response.status === 503) {
      repeating(response.answer.code);
    } else {
      throw new StrangeAnswer(`${it.path}: ${response.status} ${JSON.stringify(response.answer)}`);
    }
    await pause(100);
  }
}

async function sent(url: string, { token, path, body, key }: Command) {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': key,
    },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(20_000),
  });
  const answer = (await response.json()) as CommandResult & { readonly code: string };
  return { status: response.status, answer };
}
