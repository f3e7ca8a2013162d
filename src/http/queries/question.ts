import { open, optional } from '../../entries/domain/field.js';
import { text, word } from '../../entries/domain/field-kinds.js';

/** What every question may say in its query string. */
export const timesAsked = {
  /** 何日の時点か */
  on: optional(open(text(100))),
  /** 登録簿がいつ知っていたことか */
  known: optional(open(text(100))),
  /** この登録番号まで反映した答えを待つ */
  'at-least': optional(open(text(15))),
};

export const formAsked = { format: optional(open(word('json', 'csv'))) };

export const presumeAsked = { presume: optional(open(word('all', 'none'))) };
