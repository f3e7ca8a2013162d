import type { Part } from '../../entries/domain/unfold.js';
import type { Presumption } from '../../entries/domain/presumption.js';
import type { AgreementEvent } from './acts.js';

export type ServiceState = 'notStarted' | 'started' | 'suspended' | 'ended';

/** 利用開始: what is in use, for one provider and field or for all that are not named apart. */
export interface Service {
  readonly scopes: readonly {
    readonly provider?: string;
    readonly field?: string;
    readonly state: ServiceState;
    readonly by: string;
    readonly presumed: readonly Presumption[];
  }[];
}

const states: Readonly<Record<string, ServiceState>> = {
  announce: 'notStarted',
  start: 'started',
  suspend: 'suspended',
  resume: 'started',
  stop: 'ended',
};

export const servicePart: Part<Service> = {
  key: 'service',
  slots: ['service'],
  read(sequence) {
    const scopes = new Map<string, Service['scopes'][number]>();
    for (const { kind, event, presumed } of sequence) {
      const { provider, field } = (event as Extract<AgreementEvent, { type: 'ServiceStarted' }>)
        .data;
      const state = states[kind];
      if (state === undefined) continue;
      const scope = `${provider ?? ''}:${field ?? ''}`;
      if (kind === 'announce' && scopes.has(scope)) continue;
      if (kind !== 'announce' && scope === ':') scopes.clear();
      scopes.set(scope, {
        ...(provider === undefined ? {} : { provider }),
        ...(field === undefined ? {} : { field }),
        state,
        by: event.id,
        presumed,
      });
    }
    return { scopes: [...scopes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, it]) => it) };
  },
};

/** The state of what a provider offers in a field: the narrowest scope that speaks of it. */
export function serviceFor(
  service: Service,
  provider: string,
  field: string,
): Service['scopes'][number] | undefined {
  const fitting = service.scopes.filter(
    (it) =>
      (it.provider === undefined || it.provider === provider) &&
      (it.field === undefined || it.field === field),
  );
  const narrowness = (it: Service['scopes'][number]): number =>
    (it.provider === undefined ? 0 : 2) + (it.field === undefined ? 0 : 1);
  return fitting.sort((a, b) => narrowness(b) - narrowness(a))[0];
}
