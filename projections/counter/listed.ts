import type { TermsOfUse } from '../../src/agreements/domain/terms-of-use.js';
import { isTooMany, type Possible, type TooMany } from '../../src/time/possibility.js';
import type { Listed } from './counter.answer.js';

/** Terms as far as they are shown: an agreement's, or a body's own. */
export interface TermsShown {
  readonly stated: (Partial<TermsOfUse> & { readonly by: string; readonly clause?: string }) | null;
}

type Kind = 'bring' | 'limits' | 'exclusions';

export const kindWords: Readonly<Record<Kind, string>> = {
  bring: '持ち物',
  limits: '制限',
  exclusions: '対象外',
};

const missing = '記録なし、要問合せ';

/**
 * What is on record of papers, limits or exclusions. Where the sources leave several terms open, all
 * that any of them says.
 * @param withheld what is hidden from the reader
 */
export function listed(
  terms: Possible<TermsShown | TooMany>,
  kind: Kind,
  withheld: (field: string) => boolean,
): Listed {
  if (withheld(kind)) return { recorded: false, items: [], word: '非公開、要問合せ' };
  const said = terms.flatMap(({ content }) => (isTooMany(content) ? [] : [content.stated]));
  const lists = said.flatMap((it) => {
    const excluded =
      kind === 'exclusions' ? (it?.excluded ?? []).flatMap((one) => one.ground ?? []) : [];
    const own = it?.[kind];
    return own === undefined && excluded.length === 0 ? [] : [[...(own ?? []), ...excluded]];
  });
  if (lists.length === 0) return { recorded: false, items: [], word: missing };
  const items = [...new Set(lists.flat())];
  const open =
    new Set(lists.map((it) => JSON.stringify(it))).size > 1 || lists.length < said.length;
  if (open) return { recorded: true, items, word: `${items.join('、')}(要確認)` };
  return { recorded: true, items, word: items.length === 0 ? 'なし' : items.join('、') };
}

/** The kinds of which nothing is on record, as a sentence names them. */
export function unrecorded(
  shown: Readonly<Record<'bring' | 'limits', Listed>>,
  telephone: string | null,
): readonly string[] {
  return [
    ...(['bring', 'limits'] as const)
      .filter((it) => !shown[it].recorded)
      .map((it) => kindWords[it]),
    ...(telephone === null ? ['電話番号'] : []),
  ];
}
