import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Surroundings } from './check-compose.js';

const root = join(import.meta.dirname, '../..');

export const composeFiles = ['docker-compose.yml', 'docker-compose.cluster.yml'] as const;

/** A file of the project as text, by its path from the root. */
export function projectFile(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

export function inProject(path: string): string {
  return join(root, path);
}

/** Everything that the files demand, and nothing that has a default. */
export const environment = {
  MUSUBI_DATABASE_PASSWORD: 'd1',
  MUSUBI_EVENTSTORE_PASSWORD: 'e2',
  MUSUBI_EVENTSTORE_ADMIN_PASSWORD: 'a3',
  MUSUBI_EVENTSTORE_OPS_PASSWORD: 'o4',
};

export const surroundings: Surroundings = {
  environment,
  exists: (path) => existsSync(join(root, path)),
  imageHasHealthcheck: /^HEALTHCHECK /m.test(projectFile('Dockerfile')),
};
