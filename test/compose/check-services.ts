import type { Surroundings } from './check-compose.js';
import type { ComposeFile, Service } from './read-compose.js';

/** What services need of each other, of volumes and of files, and what they may show to the network. */
export function checkServices(file: ComposeFile, surroundings: Surroundings): string[] {
  const services = Object.entries(file.services);
  return [
    ...services.flatMap(([name, it]) => dependenciesOf(name, it, file, surroundings)),
    ...services.flatMap(([name, it]) => healthOf(name, it, surroundings)),
    ...services.flatMap(([name, it]) => portsOf(name, it)),
    ...services.flatMap(([name, it]) => mountsOf(name, it, file, surroundings)),
    ...unusedVolumes(file),
    ...unadopted(file),
  ];
}

/** Runs to its end and is not started again. */
function isOneShot(service: Service): boolean {
  return service.restart === 'no';
}

function hasHealthcheck(service: Service, { imageHasHealthcheck }: Surroundings): boolean {
  const { healthcheck } = service;
  if (healthcheck?.['disable'] === true) return false;
  return healthcheck?.['test'] !== undefined || (service.build === '.' && imageHasHealthcheck);
}

function healthOf(name: string, service: Service, surroundings: Surroundings): string[] {
  const healthy = hasHealthcheck(service, surroundings);
  if (isOneShot(service)) return healthy ? [`${name}: runs once, so its health says nothing`] : [];
  return healthy ? [] : [`${name}: no healthcheck`];
}

function dependenciesOf(
  name: string,
  service: Service,
  { services }: ComposeFile,
  surroundings: Surroundings,
): string[] {
  return Object.entries(service.depends_on ?? {}).flatMap(([on, { condition }]) => {
    const other = services[on];
    if (other === undefined) return [`${name}: depends on ${on}, which is not there`];
    if (condition === 'service_healthy' && !hasHealthcheck(other, surroundings)) {
      return [`${name}: waits for the health of ${on}, which has none`];
    }
    if ((condition === 'service_completed_successfully') !== isOneShot(other)) {
      return [`${name}: ${String(condition)} does not suit ${on}`];
    }
    return [];
  });
}

/** Waiting for all to be up takes a service that ends for a failure, unless a lasting one waits for its end. */
function unadopted({ services }: ComposeFile): string[] {
  const adopted = new Set(
    Object.values(services)
      .filter((it) => !isOneShot(it))
      .flatMap((it) => Object.keys(it.depends_on ?? {})),
  );
  return Object.entries(services)
    .filter(([name, it]) => isOneShot(it) && !adopted.has(name))
    .map(([name]) => `${name}: runs once, and no lasting service waits for it`);
}

function portsOf(name: string, { ports = [] }: Service): string[] {
  return ports
    .filter((it) => typeof it !== 'string' || !/^127\.0\.0\.1:\d{1,5}:\d{1,5}$/.test(it))
    .map((it) => `${name}: ${JSON.stringify(it)} is not published on 127.0.0.1 alone`);
}

function mountsOf(
  name: string,
  { volumes = [] }: Service,
  file: ComposeFile,
  surroundings: Surroundings,
): string[] {
  return volumes.flatMap((mount) => {
    const [, source = '', target] = /^([^:]+):(\/[^:]*)(?::ro)?$/.exec(String(mount)) ?? [];
    if (target === undefined) return [`${name}: mount ${JSON.stringify(mount)} cannot be read`];
    if (source.startsWith('.'))
      return surroundings.exists(source) ? [] : [`${name}: no file ${source}`];
    return source in file.volumes ? [] : [`${name}: no volume ${source}`];
  });
}

function unusedVolumes({ services, volumes }: ComposeFile): string[] {
  const mounts = Object.values(services).flatMap((it) => (it.volumes ?? []).map(String));
  return Object.keys(volumes)
    .filter((name) => !mounts.some((it) => it.startsWith(`${name}:`)))
    .map((name) => `volume ${name} is used by nothing`);
}
