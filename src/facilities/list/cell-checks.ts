import {
  type CodeFault,
  faultOfCode,
  faultOfCorporateNumber,
} from '../../parties/domain/local-government-code.js';
import type { Cell } from './cell.js';
import type { Field } from './columns.js';
import type { PoiKinds } from './count-kinds.js';
import { type Finding, findingAt, type FindingCode } from './finding.js';
import { type Cells, readings } from './record.js';

const LONGEST: Partial<Record<Field, number>> = {
  id: 100,
  name: 200,
  kana: 200,
  address: 300,
  addressPrefecture: 100,
  addressMunicipality: 200,
  addressTown: 300,
  addressNumber: 300,
};
const LONGEST_OTHER = 2000;

/** Whether a cell has more characters than the register keeps of its field. */
export function isTooLong(text: string, field: Field | undefined): boolean {
  const most = (field === undefined ? undefined : LONGEST[field]) ?? LONGEST_OTHER;
  return text.length > most && Array.from(text).length > most;
}

/** What is found in each cell by itself. */
export function checkCells(cells: Cells, poi: PoiKinds): readonly Finding[] {
  return Object.entries(cells).flatMap(([name, cell]) => {
    const field = name as Field;
    return [
      unreadable(field, cell),
      shapes[field]?.(cell.text, poi),
      hasQuestionMark(cell.text) ? ('cell/lost-character' as const) : undefined,
    ].flatMap((code) => (code === undefined ? [] : findingAt(code, cell)));
  });
}

function unreadable(field: Field, cell: Cell): FindingCode | undefined {
  const reading = readings.get(field);
  return reading?.read(cell.text) === undefined ? reading?.fault : undefined;
}

type Shape = (text: string, poi: PoiKinds) => FindingCode | undefined;

const shapes: Partial<Record<Field, Shape>> = {
  code: codeFault,
  locationCode: codeFault,
  corporateNumber: (text) => named('corporate-number', faultOfCorporateNumber(text)),
  townId: (text) => {
    if (/^\d{7}$/.test(text)) return undefined;
    return faultOfCode(text) === undefined ? 'town-id/municipality-code' : 'town-id/form';
  },
  poi: (text, poi) => {
    if (!/^\d{3,4}$/.test(text)) return 'poi/form';
    return poi.has(text) ? undefined : 'poi/unknown';
  },
  phone: (text) => (isPhone(text) ? undefined : 'phone/form'),
  postcode: (text) => (/^\d{3}-?\d{4}$/.test(text) ? undefined : 'postcode/form'),
  email: (text) => (/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text) ? undefined : 'email/form'),
  url: urlFault,
  formUrl: urlFault,
  image: urlFault,
};

function codeFault(text: string): FindingCode | undefined {
  return named('code', faultOfCode(text));
}

function named<N extends 'code' | 'corporate-number'>(name: N, fault: CodeFault | undefined) {
  return fault === undefined ? undefined : (`${name}/${fault}` as const);
}

/** Ten or eleven digits with the 0 in front, in groups or not: 045-671-2121, (045)671-2121. */
function isPhone(text: string): boolean {
  return (
    /^(\(0\d{1,4}\)|0\d{1,4}-?)\d{1,4}-?\d{3,4}$/.test(text) && /^\D*(\d\D*){10,11}$/.test(text)
  );
}

/** Only what a browser opens as a page: a record's address becomes a link. */
function urlFault(text: string): FindingCode | undefined {
  const lawful = /^https?:\/\/\S+$/i.test(text) && URL.canParse(text);
  return lawful ? undefined : 'url/form';
}

/** Programs write ? for −, 〜 or — where CP932 has no such character; a web address may have one by right. */
function hasQuestionMark(text: string): boolean {
  return text.replace(/https?:\/\/\S+/gi, '').includes('?');
}
