import { statfs } from 'node:fs/promises';

import { DatabaseFault } from './database-fault.js';

const leastBytes = 1_048_576;

/** Whether a program's output, or an error of the file system, tells of a full disk. */
export function noSpaceLeft(what: unknown): boolean {
  return /ENOSPC|No space left on device|EDQUOT|Disk quota exceeded/.test(String(what));
}

/** Whether so little room is left that a program may have failed without a word in its log. */
export async function isFull(path: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize < leastBytes;
}

/** What is stored stays whole: PostgreSQL recovers by itself once there is room again. */
export function diskFull(path: string, cause?: unknown): DatabaseFault {
  return new DatabaseFault(
    'database/disk-full',
    `${path} のあるディスクに空きがありません。空きを作ってからもう一度起動してください。保存済みのデータはそのまま残っています。`,
    { cause },
  );
}

/** Runs a step; errors of the file system become faults that say what a person can do. */
export async function withStorageFaults<T>(path: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof DatabaseFault || !(error instanceof Error) || !('code' in error))
      throw error;
    if (noSpaceLeft(error.code)) throw diskFull(path, error);
    if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(String(error.code))) {
      throw unusable(path, error);
    }
    throw error;
  }
}

function unusable(path: string, cause: Error): DatabaseFault {
  return new DatabaseFault(
    'database/directory-unusable',
    `データディレクトリ ${path} に書き込めません（${cause.message}）。書き込める場所を MUSUBI_DATA に指定してください。`,
    { cause },
  );
}
