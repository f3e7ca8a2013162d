import { faultOfCode } from '../../parties/domain/local-government-code.js';
import { withoutDistrict } from './comparable.js';
import type { Cells } from './record.js';

/** The body whose list is asked for: its code, or its name with or without the prefecture. */
export type Owner = { readonly code: string } | { readonly name: string };

export function nameOf(owner: Owner): string {
  return 'code' in owner ? owner.code : owner.name;
}

/** A body as a row names it. */
export interface NamedBody {
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

/** 静岡県焼津市 in its two parts; either may be absent. */
export function splitName(name: string): { prefecture?: string; municipality?: string } {
  const plain = name.trim();
  const [, prefecture, rest] = prefectureAhead.exec(plain) ?? [];
  if (prefecture === undefined) return plain === '' ? {} : { municipality: plain };
  return rest === undefined || rest === '' ? { prefecture } : { prefecture, municipality: rest };
}
