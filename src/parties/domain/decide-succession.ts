import { refuse } from '../../entries/domain/refusal.js';
import type { Succeeding } from './succession.js';

/**
 * 合併・分割・承継, as far as the act itself can be true on some day: it stands on one of its successors,
 * names each party once, and whoever goes on has not ceased.
 * @throws Refusal party/not-a-successor, named-twice, ceased-successor, ceased-no-predecessor, only-itself
 */
export function decideSuccession({ stream, data }: Succeeding, field: string): void {
  const { manner, predecessors, successors, ceased = [] } = data;
  if (!successors.some((it) => stream.endsWith(it))) {
    wrong(
      field,
      'successors',
      'party/not-a-successor',
      '承継は、承継した団体の記録に登録してください。',
      { read: successors.join('、'), expected: 'この団体自身を含む承継した団体' },
    );
  }
  const sides = { predecessors, successors, ceased };
  for (const [side, named] of Object.entries(sides)) {
    const twice = named.findIndex((it, i) => named.indexOf(it) !== i);
    if (twice < 0) continue;
    wrong(field, `${side}[${twice}]`, 'party/named-twice', '同じ団体が二度挙げられています。', {
      read: named[twice] ?? '',
      expected: 'それぞれ一度だけ',
    });
  }
  ceased.forEach((it, i) => {
    if (successors.includes(it)) {
      wrong(field, `ceased[${i}]`, 'party/ceased-successor', '承継した団体は消滅していません。', {
        read: it,
        expected: '承継した団体でない、従前の団体',
      });
    }
    if (!predecessors.includes(it)) {
      wrong(field, `ceased[${i}]`, 'party/ceased-no-predecessor', '従前の団体ではありません。', {
        read: it,
        expected: 'predecessors に挙げた団体',
      });
    }
  });
  const named = manner === 'merger' ? predecessors : [...predecessors, ...successors];
  if (manner !== 'changeOfStatus' && named.every((it) => stream.endsWith(it))) {
    wrong(field, 'predecessors', 'party/only-itself', '自分自身だけの合併・分割はできません。', {
      read: predecessors.join('、'),
      expected: '別の団体',
    });
  }
}

function wrong(
  field: string,
  name: string,
  code: string,
  message: string,
  said: { readonly read: string; readonly expected: string },
): never {
  return refuse('conflict', code, message, { field: `${field}.data.${name}`, code, ...said });
}
