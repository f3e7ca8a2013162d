/** Kinds of parties (domain § 5). */
export const partyKinds = [
  'prefecture',
  'municipality',
  'specialWard',
  'ward',
  'organ',
  'union',
  'council',
  'group',
  'company',
  'nonprofit',
  'university',
  'association',
  'nationalBody',
] as const;
export type PartyKind = (typeof partyKinds)[number];
