import type { Outline } from '../src/agreements/domain/outline.js';
import { verdict, verdicts, type Verdict, type Verdicts } from '../src/entries/domain/finding.js';
import type { Possible, TooMany } from '../src/time/possibility.js';

/**
 * Whether an agreement that is about a field on some day is so on this one: an amendment may bring
 * a field or take it away. Where no outline has begun, the bonds say why.
 */
export function concerns(outline: Possible<Outline | TooMany>, field: string): Verdicts {
  return verdicts(outline, (it): Verdict => {
    if (it.by.length === 0 || it.fields.includes(field)) {
      return { answer: 'yes', reasons: [], presumed: [] };
    }
    return verdict('no', 'not-owed', it.by);
  });
}
