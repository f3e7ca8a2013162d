import type { PartyShown } from '../party-names.js';
import type { Stamp } from '../stamp.js';
import type { Count } from './neighbourhood.answer.js';

/** 増え方: agreements by year. Certain and possible apart: a date known in part may lie in several years. */
export interface GrowthAnswer extends Stamp {
  readonly of: PartyShown | null;
  readonly field: string | null;
  readonly years: readonly GrowthYear[];
  /** Not guessed into any year. */
  readonly undated: { readonly concluded: number; readonly ended: number };
  /** Records of what is done without a paper: in none of the figures above. */
  readonly practices: number;
}

export interface GrowthYear {
  readonly year: number;
  /** By the day of conclusion. */
  readonly concluded: Count;
  /** That bound somebody at the end of the year before, and nobody at the end of this one. */
  readonly ended: Count;
  /** That bind somebody on December 31. */
  readonly inForce: Count;
  /** Whom they bind on December 31, each once. */
  readonly parties: Count;
}
