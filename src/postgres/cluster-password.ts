import { randomBytes } from 'node:crypto';

import { DatabaseFault } from './database-fault.js';
import { readIfThere, writePrivately } from './private-file.js';

/** The password for a cluster that is about to be made. One that an interrupted start left is kept. */
export async function newPassword(path: string): Promise<string> {
  const left = await readIfThere(path);
  if (left) return left;
  const password = randomBytes(24).toString('base64url');
  await writePrivately(path, password);
  return password;
}

/** The password of a cluster that exists. */
export async function keptPassword(path: string): Promise<string> {
  const password = await readIfThere(path);
  if (password) return password.trim();
  throw new DatabaseFault(
    'database/password-lost',
    `データはありますが、そのパスワードのファイル ${path} がありません。データと同じ時点のものを元の場所に戻してください。`,
  );
}
