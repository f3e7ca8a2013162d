/** How the embedded server differs from PostgreSQL's own defaults. */
export interface ServerSettings {
  readonly port: number;
  /** false gives up durability for speed: only for databases that are thrown away. */
  readonly durable: boolean;
}

/** The arguments of `postgres` for a cluster. */
export function serverArguments(cluster: string, { port, durable }: ServerSettings): string[] {
  const settings: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port,
    // A socket's path may have 107 bytes at most, a data directory's path has no such bound.
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // A recycled segment keeps old bytes, and with them keys and sealed text that were destroyed.
    wal_recycle: 'off',
    // Statements and details of an error hold the values that were sent, which may be sealed.
    log_min_messages: 'log',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
    // Ends the queries of a client that was killed.
    client_connection_check_interval: '1s',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const pairs = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', cluster, ...pairs];
}
