import {
  allOf,
  finding,
  verdict,
  verdicts,
  type Finding,
  type Verdict,
} from '../../src/entries/domain/finding.js';
import type { Membership } from '../../src/parties/domain/party-parts.js';
import type { Possible } from '../../src/time/possibility.js';
import type { ActOnRecord } from '../act-rows.js';
import type { RecordRow } from '../record-row.js';

/** A council's members, as its rows tell them on one day. */
export class CouncilRecord {
  private readonly parts: ReadonlyMap<string, RecordRow>;

  constructor(
    readonly id: string,
    rows: readonly RecordRow[],
  ) {
    this.parts = new Map(rows.filter((it) => it.holds).map((it) => [it.part, it]));
  }

  /** Whether both are members on the day; a membership that nobody recorded is open. */
  bothMembers(one: string, other: string): Finding {
    return finding(allOf(this.member(one), this.member(other)));
  }

  act(event: string): ActOnRecord | undefined {
    return this.parts.get(`act:${event}`)?.contents[0]?.content as ActOnRecord | undefined;
  }

  pending(...members: readonly string[]): readonly string[] {
    return members.flatMap((it) => this.parts.get(`member:${it}`)?.pending ?? []);
  }

  private member(party: string) {
    const row = this.parts.get(`member:${party}`);
    if (row === undefined || row.contents.length === 0) {
      return [{ content: verdict('undetermined', 'nothing-recorded'), worlds: [{}] }];
    }
    return verdicts(row.contents as Possible<Membership>, joined);
  }
}

function joined({ state, by, presumed }: Membership): Verdict {
  if (state === 'member') {
    return { answer: 'yes', reasons: [{ code: 'member', events: by }], presumed };
  }
  return { answer: 'no', reasons: [{ code: 'not-member', events: by }], presumed };
}
