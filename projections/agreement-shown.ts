import type { InstrumentKind } from '../src/agreements/domain/vocabulary.js';
import type { AgreementRecord } from './agreement-record.js';
import { seesWithheld, type Reader } from './reader.js';

export interface AgreementShown {
  readonly id: string;
  readonly title: string | null;
  readonly kind: InstrumentKind | null;
}

/** An agreement by its name of the day; what is withheld is shown to its keeper alone. */
export function agreementShown(agreement: AgreementRecord, reader: Reader): AgreementShown {
  const { title, kind } = agreement.named;
  const { withheld } = agreement.disclosure;
  const hidden = (field: string) =>
    withheld.includes(field) && !seesWithheld(reader, agreement.keeper);
  return {
    id: agreement.id,
    title: hidden('title') ? null : (title ?? null),
    kind: hidden('kind') ? null : (kind ?? null),
  };
}
