import { act, opening, type EventOf } from '../../entries/domain/act-type.js';
import { list, open, optional, sealed } from '../../entries/domain/field.js';
import {
  agreement,
  boolean,
  date,
  integer,
  party,
  text,
} from '../../entries/domain/field-kinds.js';

export const proposalActs = {
  ProposalReceived: opening({
    receiver: open(party()),
    title: open(text(300)),
    proposers: optional(list(open(party()))),
    unnamed: optional(list(open(text(100)))),
    channel: optional(open(text(200))),
    remark: optional(sealed(text(4000))),
  }),
  ProposalAdvanced: act({ stage: open(text(200)) }),
  ProposalRealised: act({ agreement: optional(open(agreement())), outcome: open(text(1000)) }),
  ProposalDeclined: act({ reason: sealed(text(2000)) }),
  /** 公開区分 of one proposal; 非公開 until decided. */
  DisclosureDecided: act({
    disclosed: open(boolean()),
    withheld: optional(list(open(text(100)))),
    ground: open(text(500)),
  }),
  /** Totals with a source: the proposals behind them are not made up. */
  ProposalsCounted: opening({
    receiver: open(party()),
    channel: open(text(200)),
    stage: open(text(200)),
    count: open(integer()),
    period: open(date()),
  }),
};

export type ProposalEvent = EventOf<typeof proposalActs>;
