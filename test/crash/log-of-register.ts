import type { Client } from 'pg';

import type { RegisterEvent } from '../../src/entries/domain/event.js';
import { commitmentsIn } from '../../src/entries/sealing.js';
import { registerSchemas } from '../../src/open-event-store.js';
import type { Acknowledged } from './command.js';

export interface LoggedEvent {
  readonly n: number;
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly event: RegisterEvent;
}

/** Every event of the register, read past the program, in the order of their numbers. */
export async function wholeLog(client: Client): Promise<readonly LoggedEvent[]> {
  const { rows } = await client.query<Omit<LoggedEvent, 'event'> & { readonly body: string }>(
    `select n::float8 as n, id, stream, revision, body from ${registerSchemas.schema}.event order by n`,
  );
  return rows.map(({ body, ...row }) => ({ ...row, event: JSON.parse(body) as RegisterEvent }));
}

/** Acknowledged events that are not there, or not where they were acknowledged. */
export function lost(
  log: readonly LoggedEvent[],
  acknowledged: readonly Acknowledged[],
): readonly string[] {
  const byId = new Map(log.map((it) => [it.id, it]));
  return acknowledged.flatMap(({ answer: { events, stream, revision, n } }) =>
    events.filter((id, i) => {
      const found = byId.get(id);
      const before = events.length - 1 - i;
      return (
        found?.stream !== stream || found.revision !== revision - before || found.n !== n - before
      );
    }),
  );
}

/** Events beyond those that were acknowledged: doubled ones, and parts of commands. */
export function beyond(
  log: readonly LoggedEvent[],
  acknowledged: readonly Acknowledged[],
): readonly string[] {
  const awaited = new Set(acknowledged.flatMap(({ answer }) => answer.events));
  return log.map(({ id }) => id).filter((id) => !awaited.delete(id));
}

/** Streams, and the register as a whole (`n`), whose numbers do not run from 0 without a gap. */
export function gaps(log: readonly LoggedEvent[]): readonly string[] {
  const last = new Map<string, number>();
  const broken = log.filter(({ n, stream, revision }, i) => {
    const follows = n === i && revision === (last.get(stream) ?? -1) + 1;
    last.set(stream, revision);
    return !follows;
  });
  return broken.map(({ n, stream, revision }) => `${stream} ${revision} at ${n}`);
}

/** Commitments without a value in the vault, and values that no event commits to. */
export async function vaultFaults(client: Client, log: readonly LoggedEvent[]) {
  const { rows } = await client.query<{ commitment: string }>(
    `select commitment from ${registerSchemas.vaultSchema}.sealed_value`,
  );
  const kept = new Set(rows.map((it) => it.commitment));
  const committed = new Set(log.flatMap(({ event }) => commitmentsIn(event)));
  return {
    sealed: committed.size,
    missing: [...committed].filter((it) => !kept.has(it)),
    unclaimed: [...kept].filter((it) => !committed.has(it)),
  };
}
