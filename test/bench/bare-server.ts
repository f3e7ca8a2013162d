import fastify from 'fastify';
import { Pool } from 'pg';

/**
 * What the register's own routes are compared with: a bare Fastify route that runs so many queries
 * (`/3/1` runs three), each of one row by its primary key. The last one selects a ready answer, which is
 * passed on: the same bytes that the register answers with. Takes the database's URL; the pool is as
 * large as the application's.
 */
const pool = new Pool({ connectionString: process.argv[2] ?? '', max: 10 });
const server = fastify();

interface Asked {
  readonly Params: { readonly queries: string; readonly answer: string };
}

server.get<Asked>('/:queries/:answer', async (request, reply) => {
  const { queries, answer } = request.params;
  for (let query = 1; query < Number(queries); query += 1) {
    const text = 'select body from musubi.event where n = $1';
    await pool.query({ name: 'event', text, values: [query] });
  }
  const { rows } = await pool.query<{ body: string }>({
    name: 'answer',
    text: 'select body from bench.answer where id = $1',
    values: [answer],
  });
  return reply.header('content-type', 'application/json; charset=utf-8').send(rows[0]?.body);
});

process.once('SIGTERM', () => void server.close().then(() => pool.end()));
const address = await server.listen({ port: 0, host: '127.0.0.1' });
process.send?.(address);
