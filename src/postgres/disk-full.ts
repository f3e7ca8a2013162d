import { DatabaseFault } from './database-fault.js';

/** Whether a program's output, or an error of the file system, tells of a full disk. */
export function noSpaceLeft(what: unknown): boolean {
  return /ENOSPC|No space left on device|EDQUOT|Disk quota exceeded/.test(String(what));
}

/** What is stored stays whole: PostgreSQL recovers by itself once there is room again. */
export function diskFull(path: string, cause?: unknown): DatabaseFault {
  return new DatabaseFault(
    'database/disk-full',
    `${path} のあるディスクに空きがありません。空きを作ってからもう一度起動してください。保存済みのデータはそのまま残っています。`,
    { cause },
  );
}
