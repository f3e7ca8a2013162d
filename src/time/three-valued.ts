/** What the register answers where its sources may leave a question open. */
export type Answer = 'yes' | 'no' | 'undetermined';

/** Kleene's strong conjunction: one `no` decides, whatever the other turns out to be. */
export function and(a: Answer, b: Answer): Answer {
  if (a === 'no' || b === 'no') return 'no';
  return a === 'yes' && b === 'yes' ? 'yes' : 'undetermined';
}

/** Kleene's strong disjunction: one `yes` decides. */
export function or(a: Answer, b: Answer): Answer {
  return not(and(not(a), not(b)));
}

export function not(answer: Answer): Answer {
  if (answer === 'undetermined') return 'undetermined';
  return answer === 'yes' ? 'no' : 'yes';
}

/** `yes` of nothing, as every one of no statements holds. */
export function allOf(answers: Iterable<Answer>): Answer {
  let all: Answer = 'yes';
  for (const answer of answers) all = and(all, answer);
  return all;
}

/** `no` of nothing. */
export function anyOf(answers: Iterable<Answer>): Answer {
  let any: Answer = 'no';
  for (const answer of answers) any = or(any, answer);
  return any;
}

/** The answer of all possibilities, where they answer alike; without any possibility undetermined. */
export function alike(answers: Iterable<Answer>): Answer {
  const different = new Set(answers);
  const [only] = different;
  return different.size === 1 && only !== undefined ? only : 'undetermined';
}
