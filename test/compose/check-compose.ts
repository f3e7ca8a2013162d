import { checkServices } from './check-services.js';
import {
  conditions,
  dependencyKeys,
  duration,
  healthcheckKeys,
  loggingKeys,
  restartPolicy,
  serviceKeys,
  size,
  topLevelKeys,
  volumeKeys,
} from './compose-keys.js';
import { eventStoreSettings } from './event-store-settings.js';
import { type ComposeFile, readCompose, type Service } from './read-compose.js';

/** What of the file's surroundings it leans on. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string>>;
  /** Whether a path beside the Compose file exists. */
  exists(path: string): boolean;
  /** Whether the image that is built here brings a health check. */
  readonly imageHasHealthcheck: boolean;
}

/** Everything wrong with a Compose file, as far as it can be told without an engine; empty where nothing is. */
export function checkCompose(text: string, surroundings: Surroundings): string[] {
  const file = readCompose(text, surroundings.environment);
  if (file.topLevel.length === 0) return [...file.faults, 'nothing to run'];
  return [
    ...file.faults,
    ...file.topLevel.flatMap((it) => unknown('the file', it, topLevelKeys)),
    ...Object.entries(file.services).flatMap(([name, it]) => shapeOf(name, it)),
    ...volumeShapes(file),
    ...checkServices(file, surroundings),
  ];
}

function shapeOf(name: string, service: Service): string[] {
  const { healthcheck = {}, depends_on: dependencies = {}, environment = {} } = service;
  const logging = service['logging'] ?? {};
  const { interval, timeout, start_period } = healthcheck;
  const times = [interval, timeout, start_period, service['stop_grace_period']];
  return [
    ...Object.keys(service).flatMap((it) => unknown(name, it, serviceKeys)),
    ...Object.keys(healthcheck).flatMap((it) =>
      unknown(`${name}.healthcheck`, it, healthcheckKeys),
    ),
    ...Object.keys(logging).flatMap((it) => unknown(`${name}.logging`, it, loggingKeys)),
    ...Object.entries(dependencies).flatMap(([on, it]) => [
      ...Object.keys(it).flatMap((key) => unknown(`${name} after ${on}`, key, dependencyKeys)),
      ...unknown(`${name} after ${on}`, String(it.condition), conditions),
    ]),
    ...times.filter(Boolean).flatMap((it) => unlike(name, it, duration)),
    ...unlike(name, service.restart ?? 'none given', restartPolicy),
    ...(service['shm_size'] === undefined ? [] : unlike(name, service['shm_size'], size)),
    ...Object.entries(environment).flatMap(([key, value]) => [
      ...unlike(`${name}.${key}`, value, /[^]/),
      ...unknownSetting(name, key),
    ]),
  ];
}

/** The server ends at once when it is told something that it does not know. */
function unknownSetting(name: string, key: string): string[] {
  const [, setting] = /^EVENTSTORE_(.+)$/.exec(key) ?? [];
  if (!name.startsWith('eventstore') || setting === undefined) return [];
  return unknown(name, setting, eventStoreSettings);
}

function volumeShapes({ volumes }: ComposeFile): string[] {
  return Object.entries(volumes).flatMap(([name, it]) =>
    Object.keys(it ?? {}).flatMap((key) => unknown(`volume ${name}`, key, volumeKeys)),
  );
}

function unknown(where: string, word: string, known: ReadonlySet<string>): string[] {
  return known.has(word) || word.startsWith('x-') ? [] : [`${where}: unknown ${word}`];
}

function unlike(where: string, value: unknown, shape: RegExp): string[] {
  const lawful = typeof value === 'string' && shape.test(value);
  return lawful ? [] : [`${where}: ${JSON.stringify(value)} is not like ${shape.source}`];
}
