/** 35.4437 or ３５．４４３７: degrees or metres; undefined where it is no decimal number. */
export function readDecimal(text: string): number | undefined {
  const plain = text.normalize('NFKC').trim();
  return /^[+-]?\d{1,5}(\.\d{1,20})?$/.test(plain) ? Number(plain) : undefined;
}

const clock = /^(午前|午後)?(\d{1,2})(?::([0-5]\d)(?::00)?|時(?:([0-5]?\d)分|(半))?)$/;

/**
 * 9:00, 09:00:00, ９時３０分, 午後5時半: minutes after midnight, at most 24:00. 午後12時 is undefined,
 * since it means noon to some and midnight to others.
 */
export function readTime(text: string): number | undefined {
  const [, half, hours, minutes, spelt, halfPast] =
    clock.exec(text.normalize('NFKC').replace(/\s/gu, '')) ?? [];
  if (hours === undefined || (half !== undefined && Number(hours) > 11)) return undefined;
  const past = halfPast === undefined ? Number(minutes ?? spelt ?? 0) : 30;
  const time = (Number(hours) + (half === '午後' ? 12 : 0)) * 60 + past;
  return time <= 24 * 60 ? time : undefined;
}

/** 有 and 無, 可 and 不可. An empty cell is neither, and is not asked. */
export function readPresence(text: string): boolean | undefined {
  const plain = text.trim();
  if (plain === '有' || plain === '可') return true;
  return plain === '無' || plain === '不可' ? false : undefined;
}
