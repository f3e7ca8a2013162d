import { kanjiDigits, kanjiNumber } from '../../time/kanji-number.js';

/** For comparing only, never stored: one width, one small ケ, no spaces, one hyphen. */
export function comparable(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\s+/gu, '')
    .replace(/[\u2010-\u2015\u2212]|(?<=\d)[ー~〜](?=\d)/gu, '-')
    .replaceAll('ヶ', 'ケ');
}

const blocks = new RegExp(`([${kanjiDigits}]+)(?=丁目)`, 'gu');

/** The same for addresses: 本町五丁目6番1号 and 本町5-6-1 are one, 大字 and 字 may be left out. */
export function comparableAddress(text: string): string {
  return comparable(text)
    .replace(blocks, (written) => String(kanjiNumber(written) ?? written))
    .replace(/大字|字/gu, '')
    .replace(/丁目|番地?|号|の(?=\d)|\?/gu, '-')
    .replace(/-+/g, '-')
    .replace(/^-|-$/g, '');
}

/** 三島郡島本町 and 島本町 are one. */
export function withoutDistrict(municipality: string): string {
  return comparable(municipality).replace(/^[^市]+?郡(?=.+[町村])/u, '');
}
