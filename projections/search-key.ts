/** Hyphens, dashes and minus signs; the long vowel mark is a letter in Japanese words, and stays. */
const dashes = /[\u002D\u2010-\u2015\u2212\uFE63\uFF0D]/g;

/** Characters that one person writes for another's: 小字 ヶ, and the forms of 高 and 崎 in names. */
const variants: ReadonlyMap<string, string> = new Map([
  ['ヶ', 'ケ'],
  ['ヵ', 'カ'],
  ['髙', '高'],
  ['﨑', '崎'],
  ['嵜', '崎'],
  ['濵', '浜'],
  ['濱', '浜'],
  ['邊', '辺'],
  ['邉', '辺'],
  ['澤', '沢'],
]);

/** A text as it is looked for; never stored as text, never hashed: even NFC changes names. */
export function normalised(text: string): string {
  const plain = text.normalize('NFKC').toLowerCase().replace(dashes, '-').replace(/\s+/gu, '');
  return Array.from(plain, (it) => hiragana(variants.get(it) ?? it)).join('');
}

/** Every character, and every two in a row, of each text: what a row is found by. */
export function gramsOf(texts: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const text of texts) {
    const characters = Array.from(normalised(text));
    characters.forEach((it, i) => {
      found.add(it);
      const next = characters[i + 1];
      if (next !== undefined) found.add(it + next);
    });
  }
  return [...found].sort();
}

/** The grams that a row must have to hold each word of the search; words stand apart by spaces. */
export function gramsSought(search: string): readonly string[] {
  const words = search
    .normalize('NFKC')
    .split(/\s+/u)
    .filter((it) => it !== '');
  const grams = words.flatMap((word) => {
    const all = gramsOf([word]);
    const pairs = all.filter((it) => Array.from(it).length === 2);
    return pairs.length === 0 ? all : pairs;
  });
  return [...new Set(grams)];
}

function hiragana(character: string): string {
  return /[ァ-ヴ]/.test(character)
    ? String.fromCodePoint((character.codePointAt(0) ?? 0) - 0x60)
    : character;
}
