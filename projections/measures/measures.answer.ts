import type { Measure } from '../../src/agreements/domain/measures.js';
import type { Relations } from '../../src/agreements/domain/relations.js';
import type { AgreementShown } from '../agreement-shown.js';
import type { PartyShown } from '../party-names.js';
import type { Stamp } from '../stamp.js';
import type { SourceShown, ToldShown } from '../told-finding.js';

/**
 * 取組: what is done under or beside agreements. `answer` says whether what the source reports, at the
 * stage that it reports, had begun by the day; none of it binds anybody.
 */
export interface MeasuresAnswer extends Stamp {
  readonly measures: readonly MeasureRow[];
  /** Where the next page begins; absent on the last one. */
  readonly next?: number;
}

export interface MeasureRow extends ToldShown {
  readonly title: string | null;
  readonly description: string | null;
  readonly field: string | null;
  /** null: the source does not say how far it is. */
  readonly stage: NonNullable<Measure['stage']> | null;
  readonly figures: NonNullable<Measure['figures']>;
  readonly parties: readonly (PartyShown & {
    readonly role?: string;
    readonly capacity?: string;
  })[];
  /** Whose parties they are: named with the measure, or those of the record that it stands under. */
  readonly partiesOf: 'measure' | 'record';
  /** Parties that the source does not name: 近隣市, 1市6町1村. */
  readonly unnamed: readonly string[];
  /** Where it may say something else, what else. */
  readonly otherwise?: readonly Measure[];
  readonly agreement: AgreementShown;
  readonly relations: readonly RelationShown[];
}

/** How the record relates to another one; `to` is null where the reader may not see it. */
export interface RelationShown {
  readonly relation: Relations['all'][number]['relation'];
  readonly to: AgreementShown | null;
  readonly certainty: 'stated' | 'inferred' | null;
  readonly source: SourceShown | null;
}
