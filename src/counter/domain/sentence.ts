import type { Reason } from '../../entries/domain/finding.js';
import type { CounterVerdict } from './counter-verdict.js';
import type { Tie } from './eligibility.js';
import { reasonsInWords } from './reason-words.js';

export interface Told {
  readonly verdict: CounterVerdict;
  readonly tie: Tie;
  /** The body that ties her; unimportant for 誰でも. */
  readonly to: string;
  readonly partner: string;
  /** 図書館, 公共施設相互利用 … or the kind of facility. */
  readonly purpose: string;
  readonly conditions: readonly string[];
  readonly reasons: readonly Reason[];
  /** 持ち物, 制限 … of which nothing is on record. */
  readonly unrecorded: readonly string[];
}

const who: Readonly<Record<Tie, (to: string) => string>> = {
  resident: (to) => `${to}にお住まいの方`,
  worker: (to) => `${to}にお勤めの方`,
  student: (to) => `${to}に通学される方`,
  anyone: () => 'どなた',
};

/** The verdict as somebody at the counter would say it. */
export function sentenceOf(told: Told): string {
  const subject = who[told.tie](told.to);
  const place = `${told.partner}の${told.purpose}`;
  const why = reasonsInWords(told.reasons);
  switch (told.verdict) {
    case 'usable':
      return `${subject}${told.tie === 'anyone' ? 'でも' : 'は'}、${place}を使えます。${missing(told)}`;
    case 'conditional':
      return `${subject}は、${place}を条件つきで使えます(${[...new Set(told.conditions)].join('、')})。${missing(told)}`;
    case 'unusable':
      return `${subject}は、${place}を使えません${inBrackets(why)}。`;
    case 'check':
      return `${subject}${told.tie === 'anyone' ? 'でも' : 'が'}${place}を使えるかどうかは、確認が必要です${inBrackets(why)}。${told.partner}にお問い合わせください。`;
  }
}

/** Of everybody who is not listed. */
export function sentenceOfOthers(
  verdict: CounterVerdict,
  purpose: string,
  reasons: readonly Reason[],
): string {
  const why = inBrackets(reasonsInWords(reasons));
  return verdict === 'unusable'
    ? `ここにない団体の${purpose}は、使えません${why}。`
    : `ここにない団体の${purpose}を使えるかどうかは、確認が必要です${why}。`;
}

/** Missing papers and limits never lower a verdict: they are said (domain § 7). */
function missing({ unrecorded }: Told): string {
  return unrecorded.length === 0 ? '' : `${unrecorded.join('・')}は記録なし、要問合せ。`;
}

function inBrackets(text: string): string {
  return text === '' ? '' : `(${text})`;
}
