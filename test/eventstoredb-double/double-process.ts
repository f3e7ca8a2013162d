import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { EventStoreDbDouble } from './eventstoredb-double.js';

const thisFile = fileURLToPath(import.meta.url);

/**
 * A double in a process of its own, so that a measured client has its processor to itself. For
 * compiled programs alone: Node runs this very file.
 */
export async function startDoubleProcess(): Promise<{
  readonly connectionString: string;
  readonly stop: () => Promise<void>;
}> {
  const child = fork(thisFile);
  const [connectionString]: unknown[] = await once(child, 'message');
  const stop = async () => {
    const exited = once(child, 'exit');
    child.disconnect();
    await exited;
  };
  return { connectionString: String(connectionString), stop };
}

if (process.argv[1] === thisFile && process.send) {
  const double = await EventStoreDbDouble.start();
  process.on('disconnect', () => process.exit(0));
  process.send(double.connectionString);
}
