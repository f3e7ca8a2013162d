import { agreementActs } from '../../agreements/domain/acts.js';
import { facilityActs } from '../../facilities/domain/acts.js';
import { registerActs } from '../../register/domain/acts.js';
import { partyActs } from '../../parties/domain/acts.js';
import { proposalActs } from '../../proposals/domain/acts.js';
import type { ActType, Catalogue, StreamKind } from './act-type.js';
import { commonActs } from './common-acts.js';

const catalogues: Readonly<Record<StreamKind, Catalogue>> = {
  agreement: agreementActs,
  party: partyActs,
  facility: facilityActs,
  proposal: proposalActs,
  register: registerActs,
};

/** Every act that may stand on a stream of a kind, the common ones included. */
export function actsOf(kind: StreamKind): Catalogue {
  return { ...catalogues[kind], ...commonActs };
}

export function actType(kind: StreamKind, type: string): ActType | undefined {
  const all = actsOf(kind);
  return Object.hasOwn(all, type) ? all[type] : undefined;
}

export const streamKinds: readonly StreamKind[] = [
  'agreement',
  'party',
  'facility',
  'proposal',
  'register',
];
