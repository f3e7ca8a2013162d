/** What a list says in one place, to the letter, and where. */
export interface Cell {
  readonly text: string;
  /** Line of the file on which the cell begins, from 1. */
  readonly line: number;
  /** The column's name as the list's own header has it. */
  readonly column: string;
  /** The cell's bytes in the file, `[from, to)`, quotes included. */
  readonly from: number;
  readonly to: number;
}

/** A cell whose text was read as something else than text. */
export interface Read<V> extends Cell {
  readonly value: V;
}
