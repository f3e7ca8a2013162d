/** What the bare import is told to do. */
export interface BareImportOrder {
  readonly url: string;
  readonly register: string;
  readonly events: number;
  /** How many appends may be under way. */
  readonly underWay: number;
}
