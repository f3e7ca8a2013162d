/**
 * Characters that stand for ordinary ones: full-width forms, the radicals that PDF files give for
 * 月 and 日, ㋿ and ㍻, ㈫, and the months and days in one character. Superscripts are not among
 * them, since 29² is a footnote and not 292.
 */
const compatible =
  /[\u3000\uFF01-\uFF5E\u2F00-\u2FD5\u3220-\u3243\u32C0-\u32CB\u33E0-\u33FE\u32FF\u337B-\u337E]/g;

/** Hyphens, dashes, the minus and the long vowel mark, as typed on Japanese keyboards. */
const dashes = /[\u2010-\u2015\u2212\u30FC\uFF70]/g;

/**
 * The form that patterns are matched against: half-width, without spaces. Undefined where a space
 * stands between two digits, since `1 2月` may be a number torn apart or one with its neighbour.
 * Only for reading: what is stored is the text itself.
 */
export function plainForm(text: string): string | undefined {
  const halfWidth = text.replace(compatible, (it) => it.normalize('NFKC')).replace(dashes, '-');
  if (/\d[\s\u200B]+\d/.test(halfWidth)) return undefined;
  return halfWidth.replace(/[\s\u200B]/g, '');
}
