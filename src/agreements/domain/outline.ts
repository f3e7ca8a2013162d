import type { Part } from '../../entries/domain/unfold.js';
import type { AgreementEvent } from './acts.js';
import type { InstrumentKind, PartyRole } from './vocabulary.js';

/** What the agreement is called, what it is about and who stands in it, on a day. */
export interface Outline {
  readonly by: readonly string[];
  readonly keeper?: string;
  readonly title?: string;
  readonly kind?: InstrumentKind;
  readonly fields: readonly string[];
  readonly number?: string;
  readonly parties: readonly { readonly party: string; readonly role?: PartyRole }[];
  readonly unnamed?: readonly string[];
  /** Drafted here, or registered from an old paper. */
  readonly begun?: 'draft' | 'paper';
}

const nothing: Outline = { by: [], fields: [], parties: [] };

export const outlinePart: Part<Outline> = {
  key: 'outline',
  slots: ['outline'],
  read: (sequence) =>
    sequence.reduce((outline, it) => drawn(outline, it.event as AgreementEvent), nothing),
};

function drawn(outline: Outline, event: AgreementEvent): Outline {
  const by = [...outline.by, event.id];
  switch (event.type) {
    case 'AgreementRegistered':
    case 'AgreementDrafted': {
      const { keeper, title, kind, fields, parties, number, unnamed } = event.data;
      return {
        by,
        keeper,
        title,
        kind,
        fields,
        ...(number === undefined ? {} : { number }),
        parties: parties.map(({ party, role }) =>
          role === undefined ? { party } : { party, role },
        ),
        ...(unnamed === undefined ? {} : { unnamed }),
        begun: event.type === 'AgreementDrafted' ? 'draft' : 'paper',
      };
    }
    case 'AgreementAmended': {
      const { title, fields, number } = event.data;
      return {
        ...outline,
        by,
        ...(title === undefined ? {} : { title }),
        ...(fields === undefined ? {} : { fields }),
        ...(number === undefined ? {} : { number }),
      };
    }
    default:
      return outline;
  }
}
