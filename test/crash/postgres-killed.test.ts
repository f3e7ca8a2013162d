import { Client } from 'pg';

import { goneFor } from '../../src/postgres/postmaster-process.js';
import type { Installation } from '../compiled/installation.js';
import { survives } from './crashes.js';

const victims = [postmaster, appendingBackend];
let round = 0;

/** In turns the whole server, and the one process of it that commits: PostgreSQL then ends all others. */
survives('kill -9 of PostgreSQL during load', async (installation, serving) => {
  const victim = victims[round % victims.length] ?? postmaster;
  round += 1;
  const pid = await victim(installation);
  process.kill(pid, 'SIGKILL');
  await goneFor(pid);
  return serving;
});

async function postmaster(installation: Installation): Promise<number> {
  const pid = await installation.postgres();
  if (pid === undefined) throw new Error('PostgreSQL does not run');
  return pid;
}

async function appendingBackend(installation: Installation): Promise<number> {
  const client = new Client({ connectionString: await installation.database() });
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number }>(
      `select pid from pg_stat_activity where application_name like 'musubi_% append'`,
    );
    const [backend] = rows;
    if (backend === undefined) throw new Error('nothing appends');
    return backend.pid;
  } finally {
    await client.end();
  }
}
