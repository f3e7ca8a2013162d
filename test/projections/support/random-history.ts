import { type Arbitrary, array, nat, record } from 'fast-check';

import type { RegisterEvent } from '../../../src/entries/domain/event.js';
import { idOf, StreamBuilder } from '../../support/event-builder.js';

const dates = ['2011-11', '2011-11-15', '2012-03-31', '2017', '2017-02-20', '平成24年度', '不明'];
const parties = ['横浜市', '川崎市', '鎌倉市'];
const council = '九都県市';

interface Choice {
  readonly stream: number;
  readonly what: number;
  readonly one: number;
  readonly other: number;
}

const choice: Arbitrary<Choice> = record({
  stream: nat(4),
  what: nat(25),
  one: nat(1000),
  other: nat(1000),
});

/** Events of three agreements, a council and a facility in the order in which they were appended. */
export function randomHistory(label: string): Arbitrary<readonly RegisterEvent[]> {
  return array(choice, { minLength: 4, maxLength: 40 }).map((choices) =>
    new HistoryOfChoices(label).all(choices),
  );
}

class HistoryOfChoices {
  private readonly streams: readonly StreamBuilder[];
  private readonly order: RegisterEvent[] = [];

  constructor(label: string) {
    this.streams = [0, 1, 2]
      .map((it) => new StreamBuilder('agreement', `${label} ${it}`))
      .concat(
        new StreamBuilder('party', `${label} ${council}`),
        new StreamBuilder('facility', `${label} 図書館`),
      );
  }

  all(choices: readonly Choice[]): readonly RegisterEvent[] {
    for (const it of choices) this.next(it);
    return this.order;
  }

  private next(it: Choice): void {
    const stream = this.streams[it.stream]!;
    const before = stream.events.length;
    if (before === 0) this.begin(stream, it);
    else if (it.what < 6) this.about(stream, it);
    else if (stream.kind === 'party') this.member(stream, it);
    else if (stream.kind === 'facility') this.facility(stream, it);
    else this.agree(stream, it);
    this.order.push(...stream.events.slice(before));
  }

  private begin(stream: StreamBuilder, it: Choice): void {
    if (stream.kind === 'party') {
      stream.act('PartyRegistered', { kind: 'council', name: council }, this.said(it));
      return;
    }
    if (stream.kind === 'facility') {
      const owner = idOf(pick(parties, it.one));
      stream.act('FacilityRegistered', { owner, name: '図書館', listId: 'L1' }, this.said(it));
      return;
    }
    stream.act(
      'AgreementRegistered',
      {
        keeper: idOf(pick(parties, it.one)),
        title: `協定 ${it.other}`,
        kind: it.one % 5 === 0 ? 'practice' : 'agreement',
        fields: ['災害時相互応援', '図書館'],
        parties: [
          { party: idOf('横浜市') },
          { party: idOf(pick(parties, it.other)), from: { edtf: '2012-03' } },
          { party: idOf('鎌倉市'), ...(it.one % 3 === 0 ? { role: 'secretariat' as const } : {}) },
        ],
      },
      this.said(it),
    );
  }

  /** Approvals, rejections, corrections, retractions and disputes of what is there. */
  private about(stream: StreamBuilder, { what, one, other }: Choice): void {
    const target = pick(stream.events, one);
    const entry = pick(entries(stream), other);
    if (what === 0) stream.approve(entry);
    else if (what === 1) stream.reject(entry);
    else if (what === 2) stream.retract(target);
    else if (what === 3) stream.correct(target, { acted: pick(dates, other) }, { entry });
    else if (what === 4) stream.dispute(target, { acted: pick(dates, other) });
    else stream.approve(entry);
  }

  private member(stream: StreamBuilder, it: Choice): void {
    const member = idOf(pick(parties, it.one));
    if (it.what < 12) stream.act('MemberJoined', { member }, this.said(it));
    else if (it.what < 15) stream.act('MemberLeft', { member }, this.said(it));
    else if (it.what < 17) stream.act('PartyRenamed', { name: `会 ${it.other}` }, this.said(it));
    else if (it.what < 19) this.change(stream, it, member);
    else if (it.what < 21) {
      stream.act('CoverageStated', { field: '図書館', days: { edtf: '2017' } }, this.said(it));
    } else this.tell(stream, it);
  }

  /** What a body says of itself, and what it did. */
  private tell(stream: StreamBuilder, it: Choice): void {
    const said = this.said(it);
    if (it.what < 23) stream.act('MeetingHeld', { title: `会議 ${it.other}` }, said);
    else if (it.what < 24) {
      stream.act('FiguresPublished', { figures: [{ label: '人口', value: it.other }] }, said);
    } else {
      const eligibility = [{ basis: pick(['resident', 'worker'] as const, it.other) }];
      stream.act('TermsOfUseSet', { field: '図書館', eligibility }, said);
    }
  }

  /** A code of its own, or the place of another, who may have taken its own before. */
  private change(stream: StreamBuilder, it: Choice, other: string): void {
    if (it.what === 17) {
      stream.act('CodeAssigned', { code: it.other % 2 === 0 ? '141003' : '141305' }, this.said(it));
      return;
    }
    const own = idOf(council);
    const manner = it.other % 2 === 0 ? 'merger' : 'split';
    const gone = it.other % 3 === 0 ? { ceased: [other] } : {};
    stream.act(
      'PartySucceeded',
      { manner, predecessors: [other], successors: [own], ...gone },
      this.said(it),
    );
  }

  private facility(stream: StreamBuilder, it: Choice): void {
    const said = this.said(it);
    if (it.what < 11) stream.act('FacilityChanged', { telephone: `${it.other}` }, said);
    else if (it.what < 15) stream.act('FacilityChanged', { name: `館 ${it.other}` }, said);
    else if (it.what < 18) stream.act('FacilityChanged', { note: '図書館', poi: '1512' }, said);
    else stream.act('FacilityClosed', {}, said);
  }

  private agree(stream: StreamBuilder, it: Choice): void {
    const said = this.said(it);
    const party = idOf(pick(parties, it.one));
    switch (it.what) {
      case 6:
        stream.act('TopologyStated', { shape: 'mesh', rest: 'notBound' }, said);
        return;
      case 7:
        stream.act('TopologyStated', { shape: 'oneWay', of: party, rest: 'unknown' }, said);
        return;
      case 8:
        stream.act('ServiceStarted', { field: '図書館' }, said);
        return;
      case 9:
        stream.act('ServiceEnded', { field: '図書館' }, said);
        return;
      case 10:
        stream.act('AgreementEnded', { ground: 'denounced' }, said);
        return;
      case 11:
        stream.act('AgreementTookEffect', {}, said);
        return;
      case 12:
        stream.act('PartyAcceded', { party }, said);
        return;
      case 13:
        stream.act('PartyWithdrew', { party }, said);
        return;
      case 14:
        stream.act('FacilitiesCounted', { of: party, count: it.other }, said);
        return;
      case 15:
        stream.act('DisclosureDecided', { disclosed: it.other % 3 > 0, ground: '例' }, said);
        return;
      case 16:
        stream.act('AgreementAmended', { summary: '改正', title: `改 ${it.other}` }, said);
        return;
      case 17:
        stream.act('TermAgreed', { end: { edtf: '2020-03-31' } }, said);
        return;
      case 18: {
        const supersedes = pick(this.streams, it.one).stream.slice(-36);
        stream.act('AgreementSuperseded', { supersedes }, said);
        return;
      }
      case 19: {
        const parties = [{ party }];
        stream.act('MeasureRecorded', { title: `取組 ${it.other}`, parties }, said);
        return;
      }
      case 20:
        stream.act('ScopeStated', { areas: ['境の一帯'], provider: party }, said);
        return;
      case 21:
        stream.act('ReservationMade', { party, text: '留保する', fields: ['図書館'] }, said);
        return;
      case 22:
        stream.act('ReservationWithdrawn', { party }, said);
        return;
      case 23: {
        const eligibility = [{ basis: pick(['resident', 'anyone'] as const, it.other) }];
        stream.act('TermsOfUseSet', { provider: party, field: '図書館', eligibility }, said);
        return;
      }
      case 24: {
        const to = pick(this.streams, it.other).stream.slice(-36);
        stream.act('AgreementRelated', { relation: 'carriesOut', to }, said);
        return;
      }
      default: {
        const pairs = [{ provider: party, beneficiary: idOf('横浜市') }];
        stream.act('BoundThroughStated', { through: idOf(council), pairs }, said);
      }
    }
  }

  private said({ one, other }: Choice) {
    return {
      ...(one % 4 === 0 ? {} : { acted: pick(dates, one) }),
      ...(other % 3 === 0 ? { effective: pick(dates, other) } : {}),
      ...(one % 2 === 0 ? { entry: `登録票 ${other % 3}` } : {}),
      ...(other % 5 === 0 ? { written: '[2020-04-01..2020-09-30]' } : {}),
    };
  }
}

function entries(stream: StreamBuilder): readonly string[] {
  return [0, 1, 2].map((it) => `登録票 ${it}`).concat(stream.stream);
}

function pick<T>(all: readonly T[], at: number): T {
  return all[at % all.length]!;
}
