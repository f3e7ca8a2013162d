import { refuse } from '../../src/entries/domain/refusal.js';
import type { PartyKind } from '../../src/parties/domain/party-kind.js';
import type { PartyName } from '../../src/parties/domain/party-parts.js';
import type { PartiesKnown } from '../kept/parties-known.js';
import type { Asked } from './asked.js';

const homes: readonly PartyKind[] = ['municipality', 'specialWard', 'ward'];
const fields = { resident: 'lives', worker: 'works', student: 'studies' } as const;

/**
 * Nobody lives, works or studies in a council or a company (domain § 7): a municipality or a ward is
 * meant. What the register does not say of a body on the day is let pass.
 * @throws Refusal counter/no-home
 */
export function homesOnly(person: Asked['person'], parties: PartiesKnown, day: number): void {
  for (const tie of ['resident', 'worker', 'student'] as const) {
    const row = parties.on(person[tie] ?? '', 'name', day);
    const said = (row?.contents ?? []).map(({ content }) => content as PartyName);
    const kinds = said.flatMap((it) => it.kind ?? []);
    if (kinds.length === 0 || kinds.some((it) => homes.includes(it))) continue;
    const read = said[0]?.name ?? '';
    refuse('malformed', 'counter/no-home', `「${read}」は、市区町村でも行政区でもありません。`, {
      field: fields[tie],
      code: 'counter/no-home',
      read,
      expected: '市区町村、特別区または行政区',
    });
  }
}
