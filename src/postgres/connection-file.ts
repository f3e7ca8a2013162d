import { readIfThere, writePrivately } from './private-file.js';

/** How a running embedded server is reached, for programs beside the application. Holds the password. */
export interface Connection {
  readonly url: string;
  /** The PostgreSQL server's pid. */
  readonly pid: number;
  readonly port: number;
}

/** Records the connection; nothing is written when the file says it already, so that a full disk does not matter. */
export async function recordConnection(path: string, connection: Connection): Promise<void> {
  const text = `${JSON.stringify(connection, undefined, 2)}\n`;
  if ((await readIfThere(path)) !== text) await writePrivately(path, text);
}

/** The connection recorded last; the server may have ended since. */
export async function recordedConnection(path: string): Promise<Connection | undefined> {
  const text = await readIfThere(path);
  try {
    return JSON.parse(text ?? '') as Connection;
  } catch {
    return undefined;
  }
}
