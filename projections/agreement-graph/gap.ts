import { rangeOf } from '../../src/time/day-range.js';
import { signedOf } from '../mutual-use/signing-and-start.js';
import type { Gap } from './gaps.answer.js';
import type { MatrixCell } from './matrix.answer.js';
import type { Loaded } from './pair-cell.js';

/** From the widest gap to none. */
const ranks: readonly Gap[] = [
  'nothingRecorded',
  'notUnderCoverage',
  'notOwed',
  'ended',
  'signedNotInEffect',
  'undetermined',
  'onlyThroughCouncil',
  'bound',
];

/** What is missing between two, by whichever direction lacks least. */
export function gapOf(cells: readonly MatrixCell[], loaded: Loaded, day: number): Gap {
  const found = cells.map((it) => ranks.indexOf(gapIn(it, loaded, day)));
  return ranks[Math.max(...found)] ?? 'nothingRecorded';
}

function gapIn(cell: MatrixCell, loaded: Loaded, day: number): Gap {
  const codes = new Set(cell.reasons.map((it) => it.code));
  if (cell.answer === 'yes') {
    return cell.how.every((it) => it === 'council') ? 'onlyThroughCouncil' : 'bound';
  }
  if (cell.answer === 'undetermined') {
    return codes.has('nothing-recorded') && cell.agreements.length === 0
      ? 'nothingRecorded'
      : 'undetermined';
  }
  if (codes.has('not-under-coverage')) return 'notUnderCoverage';
  if (codes.has('not-begun') && cell.agreements.some((it) => signedBy(it, loaded, day))) {
    return 'signedNotInEffect';
  }
  return codes.has('ended') || codes.has('superseded') || codes.has('left') ? 'ended' : 'notOwed';
}

function signedBy(agreement: string, { agreements }: Loaded, day: number): boolean {
  const record = agreements.find((it) => it.id === agreement)?.record(day);
  const signed = record === undefined ? null : signedOf(record);
  const range = signed === null ? undefined : rangeOf(signed);
  return range !== undefined && range.to <= day;
}
