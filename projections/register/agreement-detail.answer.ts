import type { Warning } from '../../src/agreements/domain/warnings.js';
import type { Possible } from '../../src/time/possibility.js';
import type { DateOfAct } from '../mutual-use/signing-and-start.js';
import type { PartyShown } from '../party-names.js';
import type { Stamp } from '../stamp.js';
import type { AgreementListed } from './agreement-listed.js';
import type { EventShown } from './event-shown.js';

export interface AgreementDetailAnswer extends Stamp {
  readonly id: string;
  /** The last revision of the stream at n. */
  readonly revision: number;
  readonly keeper: PartyShown | null;
  /** The outline of the day. */
  readonly agreement: Pick<AgreementListed, 'title' | 'kind' | 'number' | 'fields' | 'disclosed'>;
  readonly parties: readonly (PartyShown & { readonly role?: string })[];
  readonly signed: DateOfAct | null;
  /** Every part of the day with its possible contents. */
  readonly parts: readonly {
    readonly part: string;
    readonly contents: Possible<unknown>;
    readonly pending: readonly string[];
  }[];
  /** Agreements that say they replace this one. */
  readonly claims: readonly { readonly agreement: string; readonly events: readonly string[] }[];
  readonly events: readonly EventShown[];
  readonly warnings: readonly Warning[];
  /** Entries that wait for approval. */
  readonly pending: readonly string[];
}
