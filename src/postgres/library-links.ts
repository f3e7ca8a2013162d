import { lstat, readFile, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

import type { Binaries } from './binaries.js';
import { DatabaseFault } from './database-fault.js';

interface LibraryLink {
  readonly source: string;
  readonly target: string;
}

/**
 * Makes the links between library names that the package leaves to an install script. npm packs no
 * links, and npm from 11.19 on, `--ignore-scripts` and stricter settings skip that script. Links that
 * exist stay as they are. Gives the links made.
 */
export async function mendLibraryLinks({ root }: Binaries): Promise<string[]> {
  const made: string[] = [];
  for (const link of await packedLinks(root)) {
    const path = join(root, link.target);
    if (await exists(path)) continue;
    try {
      await symlink(relative(dirname(link.target), link.source), path);
      made.push(path);
    } catch (cause) {
      if (codeOf(cause) !== 'EEXIST') throw unwritable(path, cause);
    }
  }
  return made;
}

async function packedLinks(root: string): Promise<LibraryLink[]> {
  try {
    return JSON.parse(
      await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8'),
    ) as LibraryLink[];
  } catch (cause) {
    // Packages for platforms without versioned library names carry no list.
    if (codeOf(cause) === 'ENOENT') return [];
    throw cause;
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

function unwritable(path: string, cause: unknown): DatabaseFault {
  return new DatabaseFault(
    'database/links-unwritable',
    `組み込みの PostgreSQL のライブラリのリンク ${path} を作れません（${codeOf(cause)}）。` +
      'node_modules に書き込める利用者で「npm rebuild --ignore-scripts=false」または一度「npm start」を実行してください。',
    { cause },
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
