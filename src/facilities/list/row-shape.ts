import type { Cell } from './cell.js';
import { comparable } from './comparable.js';
import { type Finding, finding } from './finding.js';
import type { Header } from './header.js';

const total = /^(総?合計|小計|総?計|以上|(総|施設)?件数|施設数)[:：]?\d*(件|施設)?$/u;
const remark = /^(※|\*|注\d*[):]|\(注|出典|資料:|備考:)/u;

/** Rows that lists have beside their facilities: a footer, the header again, nothing. */
export function notAFacility(all: readonly Cell[], { columns }: Header): Finding | undefined {
  const said = all.flatMap((cell, i) => {
    const text = comparable(cell.text);
    return isBlank(cell) ? [] : { text, cell, field: columns[i]?.field };
  });
  if (said.length === 0) return finding('row/blank', textOf(all));
  if (said.every(({ cell }) => cell.text === cell.column)) {
    return finding('row/header-repeated', textOf(all));
  }
  const hasCode = said.some(({ text, field }) => field === 'code' && /^\d{5,6}$/.test(text));
  const isFooter = hasCode
    ? said.some(({ text, field }) => field === 'name' && total.test(text))
    : remark.test(said[0]?.text ?? '') || said.some(({ text }) => total.test(text));
  return isFooter ? finding('row/footer', textOf(all)) : undefined;
}

/** A row with another number of cells than the header has: none of them is where it seems to be. */
export function wrongCount(count: number, all: readonly Cell[], { columns }: Header) {
  if (count === columns.length) return [];
  const code = count < columns.length ? 'row/too-few-cells' : 'row/too-many-cells';
  return [finding(code, textOf(all))];
}

export function isBlank({ text }: Cell): boolean {
  return text.trim() === '';
}

function textOf(all: readonly Cell[]): string {
  return all.map((it) => it.text).join(',');
}
