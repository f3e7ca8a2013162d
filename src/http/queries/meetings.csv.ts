import type { MeetingsAnswer } from '../../../projections/meetings/meetings.query.js';
import { csv } from './csv.js';
import { stampCells, stampHeader, toldCells, toldHeader } from './told.csv.js';

const header = [
  ...stampHeader,
  '会議体',
  '会議',
  '場所',
  '議題',
  '決定',
  '出席者',
  '人数',
  ...toldHeader,
];

/** One line for each meeting. */
export function meetingsCsv(answer: MeetingsAnswer): string {
  return csv(
    header,
    answer.meetings.map((it) => [
      ...stampCells(answer),
      it.council.name,
      it.title,
      it.place,
      it.agenda.join('\n'),
      it.decisions.join('\n'),
      it.attendees.map(({ office, holder }) => [office, holder].join(' ').trim()).join('、'),
      it.participants,
      ...toldCells(it),
    ]),
  );
}
