import fastify from 'fastify';
import { Pool } from 'pg';

/**
 * What the register's own routes are compared with: a bare Fastify route that runs so many queries
 * (`/3` runs three), each of one row by its primary key, and passes the last text on. Takes the database's
 * URL; the pool is as large as the application's.
 */
const pool = new Pool({ connectionString: process.argv[2] ?? '', max: 10 });
const server = fastify();

server.get<{ Params: { queries: string } }>('/:queries', async (request, reply) => {
  let text = '{}';
  for (let query = 0; query < Number(request.params.queries); query += 1) {
    const { rows } = await pool.query<{ body: string }>({
      name: 'one',
      text: 'select body from musubi.event where n = $1',
      values: [query],
    });
    text = rows[0]?.body ?? text;
  }
  return reply.header('content-type', 'application/json; charset=utf-8').send(text);
});

process.once('SIGTERM', () => void server.close().then(() => pool.end()));
const address = await server.listen({ port: 0, host: '127.0.0.1' });
process.send?.(address);
