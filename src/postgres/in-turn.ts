import type { Pool } from 'pg';

/**
 * Runs the work while no other process runs one of that name on this database. The turn of a process
 * that dies is over at once: the lock goes with its connection.
 */
export async function inTurn<T>(pool: Pool, name: string, work: () => Promise<T>): Promise<T> {
  const connection = await pool.connect();
  try {
    await connection.query('select pg_advisory_lock(hashtextextended($1, 0))', [`musubi ${name}`]);
    return await work();
  } finally {
    // A connection that is gone has let go of the lock by itself.
    await connection.query('select pg_advisory_unlock_all()').then(
      () => connection.release(),
      (fault: Error) => connection.release(fault),
    );
  }
}
