const digits = new Map<string, number>();
// The last of each are 大字, which deeds use so that nobody adds a stroke.
['〇零○◯', '一壱壹', '二弐貳', '三参參', '四', '五', '六', '七', '八', '九'].forEach(
  (written, digit) => {
    for (const character of written) digits.set(character, digit);
  },
);

const units = new Map([
  ['十', 10],
  ['拾', 10],
  ['百', 100],
  ['千', 1000],
]);

/** 廿 and 卅 are twenty and thirty in one character. */
const tens = new Map([
  ['廿', 20],
  ['卅', 30],
]);

/** Every character that a number may be written with, for a character class. */
export const kanjiDigits = [...digits.keys(), ...units.keys(), ...tens.keys()].join('');

/** Reads 二〇一七, 二十三, 百二十, 廿三, 弐千拾七: 0 to 9999. Undefined for anything else. */
export function kanjiNumber(written: string): number | undefined {
  const characters = Array.from(written);
  if (characters.length === 0) return undefined;
  if (characters.every((it) => digits.has(it))) return positional(characters);
  return multiplicative(characters);
}

function positional(characters: readonly string[]): number | undefined {
  if (characters.length > 4) return undefined;
  return characters.reduce((number, it) => number * 10 + (digits.get(it) ?? 0), 0);
}

function multiplicative(characters: readonly string[]): number | undefined {
  let sum = 0;
  let digit: number | undefined;
  let smallestUnit = 10_000;
  for (const it of characters) {
    const unit = tens.has(it) ? 10 : units.get(it);
    if (unit === undefined) {
      if (digit !== undefined || !digits.get(it)) return undefined;
      digit = digits.get(it);
      continue;
    }
    if (unit >= smallestUnit || (tens.has(it) && digit !== undefined)) return undefined;
    sum += tens.get(it) ?? (digit ?? 1) * unit;
    digit = undefined;
    smallestUnit = unit;
  }
  return sum + (digit ?? 0);
}
