import { presumeAll, presumeNone, type Presuming } from '../src/entries/domain/presumption.js';

/** Whether the fold may presume where the source is silent; `none` folds again from the events. */
export type Presume = 'all' | 'none';

export function presuming(presume: Presume): Presuming {
  return presume === 'all' ? presumeAll : presumeNone;
}
