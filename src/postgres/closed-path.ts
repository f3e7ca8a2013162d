import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * The directory nearest to the root that a user without privileges cannot pass on the way to a path;
 * undefined when the way is open as far as the path exists. Goes by mode bits, not by access lists.
 */
export async function closedDirectory(
  path: string,
  user: { readonly uid: number; readonly gid: number },
): Promise<string | undefined> {
  const parent = dirname(path);
  const above = parent === path ? undefined : await closedDirectory(parent, user);
  if (above !== undefined) return above;

  const found = await stat(path).catch(() => undefined);
  if (!found?.isDirectory()) return undefined;
  const bit = found.uid === user.uid ? 0o100 : found.gid === user.gid ? 0o010 : 0o001;
  return (found.mode & bit) === 0 ? path : undefined;
}
