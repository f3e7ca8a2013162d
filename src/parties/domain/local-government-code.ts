/** What is wrong with a code: its form, or its check digit. */
export type CodeFault = 'form' | 'check-digit';

/**
 * 全国地方公共団体コード: six digits; with a, b, c, d, e the first five, s = 6a+5b+4c+3d+2e and the
 * check digit is s ≥ 11 ? (11 − s mod 11) mod 10 : 11 − s (総務省, 検査数字の算出方法).
 */
export function faultOfCode(code: string): CodeFault | undefined {
  if (!/^\d{6}$/.test(code)) return 'form';
  return checkDigitOfCode(code.slice(0, 5)) === Number(code[5]) ? undefined : 'check-digit';
}

export function checkDigitOfCode(five: string): number {
  const s = Array.from(five).reduce((sum, digit, i) => sum + Number(digit) * (6 - i), 0);
  return s >= 11 ? (11 - (s % 11)) % 10 : 11 - s;
}

/**
 * 法人番号: thirteen digits, the first one checks the others: 9 − (Σ Pn·Qn mod 9), Pn the n-th digit
 * from the right, Qn alternating 1 and 2 (法人番号の指定等に関する省令 第2条).
 */
export function faultOfCorporateNumber(number: string): CodeFault | undefined {
  if (!/^\d{13}$/.test(number)) return 'form';
  return checkDigitOfCorporateNumber(number.slice(1)) === Number(number[0])
    ? undefined
    : 'check-digit';
}

export function checkDigitOfCorporateNumber(twelve: string): number {
  const digits = Array.from(twelve).reverse();
  const sum = digits.reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 1 : 2), 0);
  return 9 - (sum % 9);
}

/** A local government's 法人番号 is 000020 and its code behind the check digit. */
export function corporateNumberOfCode(code: string): string {
  const twelve = `000020${code}`;
  return `${checkDigitOfCorporateNumber(twelve)}${twelve}`;
}
