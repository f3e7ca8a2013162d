import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type Answer, alike, allOf, and, anyOf, not, or } from '../../src/time/three-valued.js';

const answers: readonly Answer[] = ['yes', 'no', 'undetermined'];
const anAnswer = fc.constantFrom(...answers);

/** Every way in which the open answers may turn out. */
function refinements(open: readonly Answer[]): boolean[][] {
  return open.reduce<boolean[][]>(
    (all, it) =>
      all.flatMap((before) =>
        (it === 'undetermined' ? [true, false] : [it === 'yes']).map((now) => [...before, now]),
      ),
    [[]],
  );
}

/** What all refinements agree on. */
function agreed(open: readonly Answer[], question: (closed: boolean[]) => boolean): Answer {
  const found = refinements(open).map(question);
  if (found.every(Boolean)) return 'yes';
  return found.some(Boolean) ? 'undetermined' : 'no';
}

describe('three-valued logic answers what every refinement answers', () => {
  for (const a of answers) {
    test(`not ${a}`, () => expect(not(a)).toBe(agreed([a], ([x]) => !x)));
    for (const b of answers) {
      test(`${a} and ${b}`, () => expect(and(a, b)).toBe(agreed([a, b], ([x, y]) => !!x && !!y)));
      test(`${a} or ${b}`, () => expect(or(a, b)).toBe(agreed([a, b], ([x, y]) => !!x || !!y)));
    }
  }

  test('all of many, any of many', () => {
    fc.assert(
      fc.property(fc.array(anAnswer, { maxLength: 7 }), (many) => {
        expect(allOf(many)).toBe(agreed(many, (closed) => closed.every(Boolean)));
        expect(anyOf(many)).toBe(agreed(many, (closed) => closed.some(Boolean)));
      }),
    );
  });

  test('a formula that uses one unknown twice may be undetermined, but is never wrong', () => {
    type Formula = (of: readonly Answer[]) => Answer;
    const { formula } = fc.letrec<{ formula: Formula }>((tie) => ({
      formula: fc.oneof(
        { maxDepth: 5 },
        fc.nat(3).map(
          (i): Formula =>
            (of) =>
              of[i] ?? 'no',
        ),
        tie('formula').map(
          (f): Formula =>
            (of) =>
              not(f(of)),
        ),
        fc.tuple(tie('formula'), tie('formula')).map(
          ([f, g]): Formula =>
            (of) =>
              and(f(of), g(of)),
        ),
        fc.tuple(tie('formula'), tie('formula')).map(
          ([f, g]): Formula =>
            (of) =>
              or(f(of), g(of)),
        ),
      ),
    }));
    const four = fc.array(anAnswer, { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(formula, four, (question, open) => {
        const answer = question(open);
        if (answer === 'undetermined') return;
        for (const closed of refinements(open)) {
          expect(question(closed.map((it) => (it ? 'yes' : 'no')))).toBe(answer);
        }
      }),
      { numRuns: 500 },
    );
  });
});

test.each<[Answer[], Answer]>([
  [['yes', 'yes'], 'yes'],
  [['no'], 'no'],
  [['yes', 'no'], 'undetermined'],
  [['yes', 'undetermined'], 'undetermined'],
  [['undetermined'], 'undetermined'],
  [[], 'undetermined'],
])('possibilities that answer %j: %s', (possible, answer) => {
  expect(alike(possible)).toBe(answer);
});
