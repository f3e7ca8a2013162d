import { openDatabase } from '../../src/postgres/open-database.js';
import { DatabaseFault } from '../../src/postgres/database-fault.js';

/**
 * A program that owns the data directory of its first argument until SIGTERM, or `briefly`, or
 * `carelessly` without closing, for tests that need owners of their own to kill. Says in lines of JSON
 * that it serves, or why not, and its log.
 */
const say = (it: object) => process.stdout.write(`${JSON.stringify(it)}\n`);

try {
  const database = await openDatabase(
    { data: process.argv[2] ?? '', databaseUrl: undefined },
    (log) => say({ log }),
  );
  process.once('SIGTERM', () => {
    void database.close().then(() => process.exit(0));
  });
  say({ url: database.url, created: database.created });
  if (process.argv[3] === 'briefly') {
    await database.close();
    say({ closed: true });
  } else if (process.argv[3] === 'carelessly') {
    process.exit(3);
  } else {
    // The pipe keeps the program alive as a listening server would.
    process.stdin.resume();
  }
} catch (error) {
  if (!(error instanceof DatabaseFault)) throw error;
  say({ code: error.code, text: error.message });
  process.exitCode = error.exitCode;
}
