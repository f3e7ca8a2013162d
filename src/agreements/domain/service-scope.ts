import type { RegisterEvent } from '../../entries/domain/event.js';

/** What an act on a service is about: one provider and field, or all that are not named apart. */
export interface ServiceScope {
  readonly provider?: string;
  readonly field?: string;
}

export function scopeOf(event: RegisterEvent): ServiceScope {
  return scopeIn(event.data as ServiceScope);
}

function scopeIn({ provider, field }: ServiceScope): ServiceScope {
  if (provider === undefined) return field === undefined ? {} : { field };
  return field === undefined ? { provider } : { provider, field };
}

/** Whether every service of `inner` is one of `outer`. */
export function within(inner: ServiceScope, outer: ServiceScope): boolean {
  return (
    (outer.provider === undefined || outer.provider === inner.provider) &&
    (outer.field === undefined || outer.field === inner.field)
  );
}

/** Whether some service is in both. */
export function meet(a: ServiceScope, b: ServiceScope): boolean {
  return !differs(a.provider, b.provider) && !differs(a.field, b.field);
}

/** The services that are in both; of scopes that meet. */
export function both(a: ServiceScope, b: ServiceScope): ServiceScope {
  return { ...scopeIn(a), ...scopeIn(b) };
}

function differs(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b;
}
