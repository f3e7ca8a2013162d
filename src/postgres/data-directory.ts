import { join, resolve } from 'node:path';

/** Where the parts of the embedded database lie below `MUSUBI_DATA`. */
export interface DataDirectory {
  readonly root: string;
  /** PostgreSQL's own directory, which only it writes. */
  readonly cluster: string;
  /** Held locked by the process that owns the directory; says who that is. */
  readonly lock: string;
  /** The superuser's password, made once for a cluster. */
  readonly password: string;
  /** How the running server is reached; for the command line. */
  readonly connection: string;
  readonly log: string;
}

export function dataDirectory(root: string): DataDirectory {
  const at = resolve(root);
  return {
    root: at,
    cluster: join(at, 'postgres'),
    lock: join(at, 'lock'),
    password: join(at, 'postgres-password'),
    connection: join(at, 'connection.json'),
    log: join(at, 'postgres.log'),
  };
}
