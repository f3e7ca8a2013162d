import { refuse } from './refusal.js';
import type { RegisterEvent } from './event.js';
import type { Timeline } from './timeline.js';

/** What somebody approves or rejects: an entry, by the digest of what he saw. */
export interface Judgement {
  readonly entry: string;
  readonly digest: string;
}

/**
 * 承認・却下: by another person of the keeping body, of the entry exactly as it stands recorded.
 * @param digest of the entry's events as recorded
 * @returns the entry's events
 */
export function decideJudgement(
  timeline: Timeline,
  { entry, digest: seen }: Judgement,
  digest: string,
  account: string,
): readonly RegisterEvent[] {
  const events = timeline.entry(entry);
  const [first] = events;
  if (first === undefined) {
    return refuse('unknown', 'entry/unknown', 'その登録票はありません。', {
      field: 'entry',
      code: 'entry/unknown',
      read: entry,
      expected: '登録票のid',
    });
  }
  if (seen !== digest) {
    refuse('stale', 'entry/other-digest', '見た内容と登録されている内容が異なります。', {
      field: 'digest',
      code: 'entry/other-digest',
      read: seen,
      expected: digest,
    });
  }
  if (timeline.stands.approved.has(entry) || timeline.stands.rejected.has(entry)) {
    refuse('conflict', 'entry/already-judged', 'この登録票はすでに承認または却下されています。');
  }
  if (first.actor.account === account) {
    refuse('forbidden', 'entry/own', '自分の登録票を自分で承認・却下することはできません。');
  }
  return events;
}
