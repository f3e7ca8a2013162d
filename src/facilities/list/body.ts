import { faultOfCode } from '../../parties/domain/local-government-code.js';
import { withoutDistrict } from './comparable.js';
import { type Finding, findingAt } from './finding.js';
import type { Cells } from './record.js';

/** The body whose list is asked for: its code, or its name with or without the prefecture. */
export type Owner = { readonly code: string } | { readonly name: string };

export function nameOf(owner: Owner): string {
  return 'code' in owner ? owner.code : owner.name;
}

/** A body as a row names it. */
interface NamedBody {
  /** A lawful code. */
  readonly code?: string;
  readonly prefecture?: string;
  readonly municipality?: string;
}

const prefectureAhead = /^(北海道|東京都|(?:京都|大阪)府|.{2,3}?県)(.*)$/su;

export function bodyOf({ code, prefecture, municipality, body }: Cells): NamedBody {
  const split = body === undefined ? {} : splitName(body.text);
  const said = {
    code: code !== undefined && faultOfCode(code.text) === undefined ? code.text : undefined,
    prefecture: prefecture?.text ?? split.prefecture,
    municipality: municipality?.text ?? split.municipality,
  };
  return Object.fromEntries(Object.entries(said).filter(([, it]) => it !== undefined));
}

/** Whether a row says that it is the owner's; undefined where it does not say whose it is. */
export function isOf(owner: Owner, body: NamedBody): boolean | undefined {
  if ('code' in owner) return body.code === undefined ? undefined : body.code === owner.code;
  const asked = splitName(owner.name);
  if (body.prefecture === undefined && body.municipality === undefined) return undefined;
  const [here, there] = [asked, body].map((it) => withoutDistrict(it.municipality ?? ''));
  return (
    here === there &&
    (asked.prefecture ?? body.prefecture) === (body.prefecture ?? asked.prefecture)
  );
}

/** 222127 静岡県焼津市, for a sentence. */
export function bodyText({ code, prefecture = '', municipality = '' }: NamedBody): string {
  return `${code ?? ''} ${prefecture}${municipality}`.trim();
}

/**
 * A facility beyond its owner's border. That may be true, so it is a warning; nothing is found where
 * the row does not say where it lies.
 */
export function checkLocation(cells: Cells): readonly Finding[] {
  const { code, locationCode, address, addressMunicipality, addressPrefecture } = cells;
  const owner = bodyOf(cells);
  if (owner.code !== undefined && locationCode !== undefined && code !== undefined) {
    if (faultOfCode(locationCode.text) !== undefined || locationCode.text === owner.code) return [];
    if (locationCode.text.slice(0, 2) !== owner.code.slice(0, 2)) {
      return [findingAt('address/other-prefecture', locationCode)];
    }
    const lies = addressMunicipality?.text ?? splitName(address?.text ?? '').municipality ?? '';
    return isPrefecture(owner.code) || liesIn(lies, owner.municipality ?? lies + code.text)
      ? []
      : [findingAt('address/other-municipality', locationCode)];
  }
  const place = addressPrefecture ?? address;
  if (place === undefined || owner.prefecture === undefined) return [];
  const { prefecture, municipality } = splitName(
    `${addressPrefecture?.text ?? ''}${addressMunicipality?.text ?? ''}` || place.text,
  );
  if (prefecture === undefined) return [];
  if (prefecture !== owner.prefecture) return [findingAt('address/other-prefecture', place)];
  if (owner.municipality === undefined || municipality === undefined) return [];
  return liesIn(municipality, owner.municipality)
    ? []
    : [findingAt('address/other-municipality', addressMunicipality ?? place)];
}

/** A prefecture's own code has 000 between its number and the check digit. */
function isPrefecture(code: string): boolean {
  return code.slice(2, 5) === '000';
}

/** 横浜市鶴見区 lies in 横浜市, 三島郡島本町 in 島本町. */
function liesIn(place: string, municipality: string): boolean {
  return withoutDistrict(place).startsWith(withoutDistrict(municipality));
}

function splitName(name: string): { prefecture?: string; municipality?: string } {
  const plain = name.trim();
  const [, prefecture, rest] = prefectureAhead.exec(plain) ?? [];
  if (prefecture === undefined) return plain === '' ? {} : { municipality: plain };
  return rest === undefined || rest === '' ? { prefecture } : { prefecture, municipality: rest };
}
