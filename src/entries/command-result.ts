/** What a command answers, the first time and every time it is repeated. */
export interface CommandResult {
  /** Id of the agreement, party, facility or proposal. */
  readonly id: string;
  readonly stream: string;
  readonly entry?: string;
  /** Digest to name when approving the entry. */
  readonly digest?: string;
  readonly events: readonly string[];
  /** Revision of the stream after it: the ETag. */
  readonly revision: number;
  /** Register number of its last event: a reader may ask for at least this. */
  readonly n: number;
  readonly at: string;
  /** Whether this very command had been carried out before. */
  readonly repeated: boolean;
}
