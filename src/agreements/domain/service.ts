import type { Effect } from '../../entries/domain/effect.js';
import type { Part } from '../../entries/domain/unfold.js';
import type { Presumption } from '../../entries/domain/presumption.js';
import { both, meet, scopeOf, within, type ServiceScope } from './service-scope.js';

export type ServiceState = 'notStarted' | 'started' | 'suspended' | 'ended';

/** What is said of the services of a scope, but for those of a narrower one. */
interface Said extends ServiceScope {
  readonly state: ServiceState;
  readonly by: string;
  readonly presumed: readonly Presumption[];
}

/** 利用開始: what is in use, for one provider and field or for all that are not named apart. */
export interface Service {
  readonly scopes: readonly Said[];
}

const states: Readonly<Record<string, ServiceState>> = {
  announce: 'notStarted',
  start: 'started',
  suspend: 'suspended',
  resume: 'started',
  stop: 'ended',
};

/** The newest act that speaks of a service decides, however wide its scope. */
export const servicePart: Part<Service> = {
  key: 'service',
  slots: ['service'],
  read(sequence, presumedOrder) {
    const scopes = new Map<string, Said>();
    for (const it of sequence) {
      const state = states[it.kind];
      if (state === undefined) continue;
      const scope = scopeOf(it.event);
      const said: Said = { ...scope, state, by: it.event.id, presumed: shown(it, presumedOrder) };
      if (it.kind !== 'announce') replace(scopes, scope, said);
      else if (!scopes.has(nameOf(scope))) scopes.set(nameOf(scope), said);
    }
    return { scopes: [...scopes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, it]) => it) };
  },
};

/** The state of what a provider offers in a field: the narrowest scope that speaks of it. */
export function serviceFor(service: Service, provider: string, field: string): Said | undefined {
  const narrowness = (it: ServiceScope): number =>
    (it.provider === undefined ? 0 : 2) + (it.field === undefined ? 0 : 1);
  return service.scopes
    .filter((it) => within({ provider, field }, it))
    .sort((a, b) => narrowness(b) - narrowness(a))[0];
}

/** What is said takes the place of all within its scope, and of its share in scopes that cross it. */
function replace(scopes: Map<string, Said>, scope: ServiceScope, said: Said): void {
  const crossed: Said[] = [];
  for (const [name, it] of scopes) {
    if (within(it, scope)) scopes.delete(name);
    else if (meet(it, scope) && !within(scope, it)) crossed.push(it);
  }
  for (const it of crossed) {
    const common = both(it, scope);
    scopes.set(nameOf(common), { ...said, ...common });
  }
  scopes.set(nameOf(scope), said);
}

function nameOf({ provider, field }: ServiceScope): string {
  return `${provider ?? ''}:${field ?? ''}`;
}

function shown({ presumed }: Effect, presumedOrder: boolean): readonly Presumption[] {
  return presumedOrder ? [...presumed, 'in-order'] : presumed;
}
