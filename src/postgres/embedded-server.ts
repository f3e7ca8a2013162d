import { mkdir } from 'node:fs/promises';

import { systemClock } from '../clock.js';
import { type Binaries, findBinaries } from './binaries.js';
import { chooseIdentity, requireOpenWay, requireOwnData } from './choose-identity.js';
import { keptPassword, newPassword } from './cluster-password.js';
import { recordConnection, recordedConnection } from './connection-file.js';
import { type DataDirectory, dataDirectory } from './data-directory.js';
import { lockDirectory } from './directory-lock.js';
import { closeToOthers, existingCluster } from './existing-cluster.js';
import { freePort } from './free-port.js';
import { initialiseCluster, superuser } from './initialise-cluster.js';
import { KeptServer, type ServerStatus } from './kept-server.js';
import { mendLibraryLinks } from './library-links.js';
import { startCluster } from './start-cluster.js';
import { withStorageFaults } from './storage-faults.js';

export interface EmbeddedOptions {
  /** The data directory; made where it is missing. */
  readonly directory: string;
  /** false: without fsync, for data that are thrown away. */
  readonly durable?: boolean;
  /** Gets lines for the log. */
  readonly report?: (line: string) => void;
  /** Other programs than those of the npm package. */
  readonly binaries?: Binaries;
}

/** A PostgreSQL server that this process owns. */
export interface EmbeddedServer {
  /** With user, password and database. */
  readonly url: string;
  /** Whether the cluster was made by this start. */
  readonly created: boolean;
  status(): ServerStatus;
  /** Stops the server and gives the data directory free. */
  close(): Promise<void>;
}

/** Starts, or adopts, the PostgreSQL server of a data directory. Throws DatabaseFault. */
export async function startEmbeddedServer(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { directory, report = () => undefined } = options;
  const data = dataDirectory(directory);
  return withStorageFaults(data.root, async () => {
    // Others may pass, not look: where PostgreSQL runs under an account, it comes through here.
    await mkdir(data.root, { recursive: true, mode: 0o711 });
    await requireOwnData(data);
    const lock = await lockDirectory(data.lock, systemClock.instant());
    try {
      const { server, password, created } = await serve(data, options);
      void lock.lost.then(() => {
        report(
          `データディレクトリ ${data.root} を別のプロセスに取られたため、PostgreSQL を止めます。`,
        );
        return server.close();
      });
      return {
        url: urlOf(server.port, password),
        created,
        status: () => server.status(),
        close: async () => {
          await server.close();
          await lock.release();
        },
      };
    } catch (error) {
      await lock.release();
      throw error;
    }
  });
}

async function serve(data: DataDirectory, options: EmbeddedOptions) {
  const { durable = true, report = () => undefined } = options;
  const binaries = options.binaries ?? findBinaries();
  const existing = await existingCluster(data.cluster);
  const who = await chooseIdentity(existing?.owner, data.cluster);
  await requireOpenWay(who, data, binaries);
  if (who.kind === 'account') report(`PostgreSQL を利用者 ${who.name} として動かします。`);
  await mendLibraryLinks(binaries);

  if (existing) await closeToOthers(existing);
  const password = existing ? await keptPassword(data.password) : await newPassword(data.password);
  if (!existing) await initialiseCluster(binaries, who, data);

  const earlier = await recordedConnection(data.connection);
  const serving = { binaries, who, data, durable };
  const started = await startCluster(serving, () => freePort(earlier?.port));
  const server = new KeptServer(serving, started, report);
  try {
    const { pid, port } = started;
    await recordConnection(data.connection, { url: urlOf(port, password), pid, port });
  } catch (error) {
    await server.close();
    throw error;
  }
  return { server, password, created: existing === undefined };
}

function urlOf(port: number, password: string): string {
  return `postgres://${superuser}:${password}@127.0.0.1:${port}/postgres`;
}
