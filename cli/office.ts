import { existsSync } from 'node:fs';

import { Pool } from 'pg';

import { systemClock } from '../src/clock.js';
import type { Config } from '../src/config.js';
import { refuse } from '../src/entries/domain/refusal.js';
import { Accounts } from '../src/identity/accounts.js';
import { ApiTokens } from '../src/identity/api-tokens.js';
import { createOffice } from '../src/identity/office-schema.js';
import { dataDirectory } from '../src/postgres/data-directory.js';
import { reachDatabase } from '../src/postgres/open-database.js';

/** What the command line does with accounts, beside the running application or without it. */
export interface Office {
  readonly accounts: Accounts;
  readonly tokens: ApiTokens;
}

/**
 * Opens the configured database, or the embedded one by way of the process that keeps it. Makes no data
 * directory: a mistyped path would open an empty office and say that nobody is there.
 * @throws Refusal `database/none`, DatabaseFault
 */
export async function withOffice<T>(config: Config, work: (office: Office) => Promise<T>) {
  if (config.databaseUrl === undefined && !existsSync(dataDirectory(config.data).cluster)) {
    refuse(
      'unknown',
      'database/none',
      `${config.data} に登録簿のデータがありません。先に「npm start」で始めるか、MUSUBI_DATA か DATABASE_URL を確かめてください。`,
    );
  }
  const database = await reachDatabase(config);
  const pool = new Pool({ connectionString: database.url, max: 1 });
  pool.on('error', () => undefined);
  try {
    await createOffice(pool);
    return await work({
      accounts: new Accounts(pool, systemClock),
      tokens: new ApiTokens(pool, systemClock),
    });
  } finally {
    await pool.end();
    await database.close();
  }
}
