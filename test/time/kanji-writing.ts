const digits = Array.from('〇一二三四五六七八九');

/** 二〇一七 */
export function positional(number: number): string {
  return Array.from(String(number), (it) => digits[Number(it)]).join('');
}

/** 二千十七 */
export function multiplicative(number: number): string {
  if (number === 0) return '〇';
  return ['千', '百', '十', '']
    .map((unit, i) => {
      const digit = Math.floor(number / 10 ** (3 - i)) % 10;
      if (digit === 0) return '';
      return (digit === 1 && unit !== '' ? '' : digits[digit]) + unit;
    })
    .join('');
}
