import type { Leaning } from '../../entries/domain/readings.js';

/** Who leaves had joined: a departure leans on the membership that it ends. */
export const partyLeaning: Leaning = {
  leans: (act, base) =>
    act.type === 'MemberLeft' && base.type === 'MemberJoined' && memberOf(act) === memberOf(base),
  replaces: (other, base) => other.type === base.type && memberOf(other) === memberOf(base),
};

function memberOf(event: { readonly data: unknown }): string | undefined {
  return (event.data as { readonly member?: string }).member;
}
