import type { CommandResult } from '../../src/entries/command-result.js';
import { type Acknowledged, command, surely } from './command.js';

/** Who writes, and about whom. */
export interface Office {
  readonly registrar: string;
  readonly approver: string;
  /** Ids of two parties on record; the first one keeps the agreements. */
  readonly keeper: string;
  readonly partner: string;
}

/** Several persons who enter, correct and approve agreements at once, until they are told to stop. */
export class Writers {
  readonly acknowledged: Acknowledged[] = [];
  /** Why a command went out once more, and how often. */
  readonly repeated = new Map<string, number>();
  private working: readonly Promise<void>[] = [];
  private stopped = false;

  constructor(
    private readonly office: Office,
    private readonly address: () => Promise<string>,
  ) {}

  start(writers: number): void {
    this.working = Array.from({ length: writers }, (_, i) => this.write(i));
    // Whoever stops them hears of a fault; until then it must not end the run.
    for (const it of this.working) it.catch(() => undefined);
  }

  /** Settles when this many more commands were acknowledged. @throws the fault of a writer */
  async reach(more: number): Promise<void> {
    const goal = this.acknowledged.length + more;
    const enough = new Promise<void>((resolve) => {
      const look = setInterval(() => {
        if (this.acknowledged.length < goal) return;
        clearInterval(look);
        resolve();
      }, 5);
    });
    await Promise.race([enough, Promise.all(this.working)]);
  }

  /** Lets each finish what it began. */
  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.working);
  }

  private async write(writer: number): Promise<void> {
    for (let paper = 0; !this.stopped; paper += 1) {
      const opened = await this.enter({
        opens: 'agreement',
        ...agreement(this.office, writer, paper),
      });
      const stream = { kind: 'agreement', id: opened.id };
      await this.approve(stream, opened);
      // Three go out at once to one stream: each but one finds that it has grown meanwhile.
      const entered = await Promise.all([
        this.enter({ stream, ...correction(opened) }),
        this.enter({ stream, ...count(this.office, paper) }),
        this.enter({ stream, ...contact(this.office, writer) }),
      ]);
      await Promise.all(entered.map((it) => this.approve(stream, it)));
    }
  }

  private enter(body: object): Promise<CommandResult> {
    return this.send(this.office.registrar, '/api/entries', body);
  }

  private approve(stream: object, { entry, digest }: CommandResult): Promise<CommandResult> {
    const body = { stream, digest, reason: '原本と照合した' };
    return this.send(this.office.approver, `/api/entries/${entry}/approvals`, body);
  }

  private async send(token: string, path: string, body: object): Promise<CommandResult> {
    const sent = await surely(this.address, command(token, path, body), (why) => {
      this.repeated.set(why, (this.repeated.get(why) ?? 0) + 1);
    });
    this.acknowledged.push(sent);
    return sent.answer;
  }
}

function agreement({ keeper, partner }: Office, writer: number, paper: number) {
  const data = {
    keeper,
    title: `図書館の相互利用に関する協定 ${writer}-${paper}`,
    kind: 'agreement',
    fields: ['図書館'],
    parties: [{ party: keeper }, { party: partner }],
    remark: `書庫${writer}の${paper}番の綴り`,
  };
  const acts = [
    { type: 'AgreementRegistered', acted: '平成29年2月20日', data },
    { type: 'TopologyStated', acted: '平成29年2月20日', data: { shape: 'mesh', rest: 'unknown' } },
    { type: 'ServiceStarted', effective: '平成29年3月1日', data: {} },
  ];
  return { acts, reason: `窓口${writer}から届いた写しによる` };
}

function correction({ events: [event] }: CommandResult) {
  const fields = [{ field: 'acted', new: '平成29年2月21日' }];
  return { acts: [{ type: 'FactCorrected', data: { event, fields } }], reason: '日付を読み違えた' };
}

function count({ partner }: Office, paper: number) {
  return { acts: [{ type: 'FacilitiesCounted', data: { of: partner, count: paper } }] };
}

function contact({ keeper }: Office, writer: number) {
  const data = { body: keeper, office: '図書館企画課', person: `担当者 ${writer}` };
  return { acts: [{ type: 'ContactStated', data }] };
}
