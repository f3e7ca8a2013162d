import { Client } from 'pg';
import { expect, test } from 'vitest';

import { freshDatabase } from '../support/database.js';

test('a test file has a database of its own, in UTF-8 by code point', async () => {
  const [mine, other] = await Promise.all([freshDatabase('mine'), freshDatabase('other')]);
  const client = new Client({ connectionString: mine.url });
  await client.connect();
  await client.query('create table parties (name text)');
  const found = await client.query(
    `select current_setting('server_encoding') as encoding, datlocale as locale,
            (select count(*)::int from pg_class where relname = 'parties') as tables
       from pg_database where datname = current_database()`,
  );
  await client.end();
  expect(found.rows).toEqual([{ encoding: 'UTF8', locale: 'C.UTF-8', tables: 1 }]);

  const neighbour = new Client({ connectionString: other.url });
  await neighbour.connect();
  await expect(neighbour.query('select from parties')).rejects.toThrow('does not exist');
  await neighbour.end();

  await Promise.all([mine.dispose(), other.dispose()]);
  await expect(new Client({ connectionString: mine.url }).connect()).rejects.toThrow(
    'does not exist',
  );
});
