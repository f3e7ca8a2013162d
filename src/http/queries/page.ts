import { open, optional } from '../../entries/domain/field.js';
import { text } from '../../entries/domain/field-kinds.js';
import { quoted, refuse } from '../../entries/domain/refusal.js';

export const limitAsked = { limit: optional(open(text(4))) };

/** How many of a list at most: as said, or so many. @throws Refusal page/limit */
export function limitOf(asked: string | undefined, usual: number): { readonly limit: number } {
  if (asked === undefined) return { limit: usual };
  if (/^[1-9]\d{0,2}$/.test(asked) && Number(asked) <= 200) return { limit: Number(asked) };
  return refuse('malformed', 'page/limit', 'limit を読み取れません。', {
    field: 'limit',
    code: 'page/limit',
    read: quoted(asked),
    expected: '1以上200以下の整数',
  });
}

/** Where a page of a list by register number begins. @throws Refusal page/after */
export function numberAfter(asked: string | undefined): { readonly after?: number } {
  if (asked === undefined) return {};
  if (/^\d{1,15}$/.test(asked)) return { after: Number(asked) };
  return refuse('malformed', 'page/after', 'after を読み取れません。', {
    field: 'after',
    code: 'page/after',
    read: quoted(asked),
    expected: '前のページの next',
  });
}
