import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { inProject } from './project.js';

/** Certificates as the Compose files make them, in a directory of their own. */
export interface Certificates {
  readonly directory: string;
  readonly ca: string;
  /** Runs the same again for these names; gives what it says. */
  make(names?: string): string;
  file(name: string): Buffer;
}

export const opensslIsHere = spawnSync('openssl', ['version']).status === 0;

export function newCertificates(names = 'localhost,127.0.0.1'): Certificates {
  const directory = mkdtempSync(join(tmpdir(), 'musubi-certificates-'));
  for (const it of ['authority', 'trust', 'node']) mkdirSync(join(directory, it));
  const path = (name: string) => join(directory, name);
  const make = (wanted = names) =>
    execFileSync('bash', [
      inProject('deployment/certificates.sh'),
      path('authority'),
      path('trust'),
      `${path('node')}=${wanted}`,
    ]).toString();
  make();
  return { directory, ca: path('trust/ca.crt'), make, file: (name) => readFileSync(path(name)) };
}
