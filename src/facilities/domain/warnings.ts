import { dayOfEffect, type DayOfEffect } from '../../entries/domain/effect.js';
import { presumeAll } from '../../entries/domain/presumption.js';
import type { FacilityEvent } from './acts.js';

/** What is odd about a facility's record: stated and flagged, never refused. */
export interface FacilityWarning {
  readonly code: 'facility-changed-after-closing' | 'facility-closed-before-opening';
  readonly events: readonly string[];
}

/** @param acts what stands, with corrected contents */
export function facilityWarnings(acts: readonly FacilityEvent[]): readonly FacilityWarning[] {
  const [closed] = acts.filter((it) => it.type === 'FacilityClosed');
  if (closed === undefined) return [];
  const closing = dayOf(closed);
  return acts.flatMap((it): FacilityWarning[] => {
    const { range } = dayOf(it);
    const events = [it.id, closed.id];
    if (it.type === 'FacilityChanged' && range.from > closing.range.to) {
      return [{ code: 'facility-changed-after-closing', events }];
    }
    const opened = it.type === 'FacilityRegistered' && it.effective !== undefined;
    return opened && range.from > closing.range.to
      ? [{ code: 'facility-closed-before-opening', events }]
      : [];
  });
}

function dayOf(act: FacilityEvent): DayOfEffect {
  return dayOfEffect(act, presumeAll);
}
