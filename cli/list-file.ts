import { readFile } from 'node:fs/promises';

import { UsageFault } from './command.js';

/** @throws UsageFault for a file that cannot be read, with the system's own word for why */
export async function readListFile(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (fault) {
    const reason = fault instanceof Error && 'code' in fault ? String(fault.code) : 'unreadable';
    throw new UsageFault(`ファイル「${file}」を読めません（${reason}）。`, { cause: fault });
  }
}
