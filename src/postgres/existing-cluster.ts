import { chmod, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { postgresMajor } from './binaries.js';
import { DatabaseFault } from './database-fault.js';
import { readIfThere } from './private-file.js';

/** A cluster that is there to be opened. */
export interface ExistingCluster {
  readonly path: string;
  /** The uid that owns it; PostgreSQL serves a cluster only as its owner. */
  readonly owner: number;
}

/** Looks at what lies where the cluster belongs; undefined when nothing does, refused when it is not ours to open. */
export async function existingCluster(path: string): Promise<ExistingCluster | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return undefined;
  const version = (await readIfThere(join(path, 'PG_VERSION')))?.trim();
  if (version === undefined) {
    if (found.isDirectory() && (await readdir(path)).length === 0) return undefined;
    throw new DatabaseFault(
      'database/foreign-content',
      `${path} に PostgreSQL のデータではないものがあります。移動するか、MUSUBI_DATA に別の場所を指定してください。`,
    );
  }
  if (version !== postgresMajor) throw otherVersion(path, version);
  return { path, owner: found.uid };
}

/** PostgreSQL refuses a cluster that others may read; copies and restores often lose the mode. */
export async function closeToOthers({ path }: ExistingCluster): Promise<void> {
  if (((await stat(path)).mode & 0o027) !== 0) await chmod(path, 0o700);
}

function otherVersion(path: string, version: string): DatabaseFault {
  return new DatabaseFault(
    'database/other-version',
    `${path} は PostgreSQL ${version} のデータです。この版は PostgreSQL ${postgresMajor} を使います。` +
      `PostgreSQL ${version} の pg_dump で書き出して空の場所に読み込むか、PostgreSQL ${version} のサーバーを起動して DATABASE_URL に指定してください。データは変更していません。`,
  );
}
