import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

import { EventStoreDbDouble } from '../eventstoredb-double/eventstoredb-double.js';

/** A server that the processes write to, and what can be done to it meanwhile. */
export interface StruckServer {
  readonly what: string;
  readonly connectionString: string;
  /** Undefined where nobody said how the real server may be struck. */
  readonly strike: (() => Promise<unknown>) | undefined;
  stop(): Promise<void>;
}

/**
 * The server that `EVENTSTORE_CONNECTION_STRING` names, struck by the command of `EVENTSTORE_STRIKE`;
 * without the variable a double in this process, struck by a restart.
 */
export async function startStruckServer(): Promise<StruckServer> {
  const connectionString = process.env['EVENTSTORE_CONNECTION_STRING'];
  if (connectionString !== undefined) {
    const command = process.env['EVENTSTORE_STRIKE'];
    // A server takes every variable of this name for a setting, and does not start with one unknown.
    const env = { PATH: process.env['PATH'] };
    const strike = () => promisify(execFile)('sh', ['-c', command ?? ''], { env });
    const what = 'the server of EVENTSTORE_CONNECTION_STRING';
    const stop = () => Promise.resolve();
    return { what, connectionString, strike: command === undefined ? command : strike, stop };
  }
  const double = await EventStoreDbDouble.start();
  return {
    what: 'a loopback double',
    connectionString: double.connectionString,
    strike: async () => {
      await double.stop();
      await pause(1_000);
      await double.start();
    },
    stop: () => double.stop(),
  };
}
