import type { Leaning } from '../../entries/domain/readings.js';

/** What is changed or closed had been registered. */
export const facilityLeaning: Leaning = {
  leans: (act, base) => base.type === 'FacilityRegistered' && act.type !== base.type,
  replaces: (other, base) => other.type === base.type,
};
