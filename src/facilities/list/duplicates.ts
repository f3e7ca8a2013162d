import { comparable, comparableAddress } from './comparable.js';
import { type Finding, finding, type FindingCode } from './finding.js';
import { grouped } from './grouped.js';
import type { RowRead } from './read-row.js';

type CodeOf = (group: readonly RowRead[]) => FindingCode;

/** How many of the other rows a finding names. */
const NAMED = 20;

/** What is found between rows: each of them is told of the others, whichever came first. */
export function withDuplicates(rows: readonly RowRead[]): readonly RowRead[] {
  const found = new Map<RowRead, Finding[]>(rows.map((it) => [it, []]));
  const tell = (groups: Iterable<readonly RowRead[]>, codeOf: CodeOf) => {
    for (const group of groups) {
      if (group.length < 2) continue;
      const code = codeOf(group);
      for (const row of group) found.get(row)?.push(told(row, group, code));
    }
  };
  tell(grouped(rows, idOf).values(), () => 'row/same-id');
  tell(grouped(rows, nameAndAddressOf).values(), (group) =>
    new Set(group.flatMap((it) => idOf(it) ?? [])).size === group.length
      ? 'row/same-name-and-address'
      : 'row/same-facility',
  );
  return rows.map((it) => ({ ...it, findings: [...it.findings, ...(found.get(it) ?? [])] }));
}

function idOf({ cells }: RowRead): string | undefined {
  return cells.id?.text;
}

function nameAndAddressOf({ cells: { name, address } }: RowRead): string | undefined {
  if (name === undefined || address === undefined) return undefined;
  return JSON.stringify([comparable(name.text), comparableAddress(address.text)]);
}

function told(row: RowRead, group: readonly RowRead[], code: FindingCode): Finding {
  const { id, name, address } = row.cells;
  const [read = '', column = ''] =
    code === 'row/same-id'
      ? [id?.text, id?.column]
      : [`${name?.text} ${address?.text}`, name?.column];
  const others = group.slice(0, NAMED + 1).filter((it) => it !== row);
  return finding(code, read, { column, lines: others.slice(0, NAMED).map((it) => it.line) });
}
