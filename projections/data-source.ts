import { Client } from 'pg';
import { DataSource } from 'typeorm';

import { checkpointSchema } from './checkpoint.schema.js';
import { CommonSchema1763800000000 } from './migrations/1763800000000-common-schema.js';
import { parkedStreamSchema } from './parked-stream.schema.js';

/** The read side's own tables for TypeORM: migrations and cold reads. Hot reads go by plain `pg`. */
export function projectionDataSource(url: string): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    schema: 'projection',
    entities: [checkpointSchema, parkedStreamSchema],
    migrations: [CommonSchema1763800000000],
    migrationsTableName: 'migration',
    synchronize: false,
    poolSize: 2,
  });
}

/** Opens it with every migration run; processes that start at once take turns. */
export async function openDataSource(url: string): Promise<DataSource> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock(hashtextextended('musubi projection schema', 0))");
    await client.query('create schema if not exists projection');
    const source = await projectionDataSource(url).initialize();
    await source.runMigrations();
    return source;
  } finally {
    await client.end();
  }
}
