import type pg from 'pg';

/** Runs the work between BEGIN and COMMIT, and rolls back when it throws. */
export async function inTransaction<T>(
  connection: pg.ClientBase,
  work: () => Promise<T>,
): Promise<T> {
  await connection.query('begin');
  try {
    const result = await work();
    await connection.query('commit');
    return result;
  } catch (fault) {
    // The first fault is the one to tell; a connection that is gone has rolled back by itself.
    await connection.query('rollback').catch(() => undefined);
    throw fault;
  }
}
