import { act, opening, type EventOf } from '../../entries/domain/act-type.js';
import { list, open, optional, record, sealed } from '../../entries/domain/field.js';
import {
  agreement,
  boolean,
  date,
  integer,
  number,
  party,
  text,
  word,
} from '../../entries/domain/field-kinds.js';
import { termsOfUse } from '../../agreements/domain/terms-of-use.js';
import { fields } from '../../agreements/domain/vocabulary.js';
import { partyKinds } from './party-kind.js';

/** Codes and names are dated attributes: an act without a day holds from the party's beginning. */
export const partyActs = {
  PartyRegistered: opening({
    kind: open(word(...partyKinds)),
    name: open(text(200)),
    kana: optional(open(text(200))),
    /** 全国地方公共団体コード, six digits with the check digit. */
    code: optional(open(text(6))),
    /** 法人番号, thirteen digits. */
    corporateNumber: optional(open(text(13))),
    /** The city of a ward, the body of an organ. */
    partOf: optional(open(party())),
    prefecture: optional(open(text(20))),
    /** Of its office, in degrees north and east. */
    latitude: optional(open(number())),
    longitude: optional(open(number())),
    /** A named group whose members nobody has listed: 県内全市町村, 中核市(全国). */
    openEnded: optional(open(boolean())),
    remark: optional(sealed(text(4000))),
  }),
  PartyRenamed: act({ name: open(text(200)), kana: optional(open(text(200))) }),
  /** 団体コードの変更: the body stays what it was and is called as it was. */
  CodeAssigned: act({ code: open(text(6)), corporateNumber: optional(open(text(13))) }),
  /** 役所の位置: where its office is; without a day, where it has been as long as anybody says. */
  OfficeLocated: act({ latitude: open(number()), longitude: open(number()) }),
  /**
   * 合併・分割・承継: stands on each successor and names everybody. A change of status may name the same
   * party on both sides. Kind, name and codes are those of the successor whose stream it is.
   */
  PartySucceeded: act({
    manner: open(word('merger', 'split', 'changeOfStatus')),
    predecessors: list(open(party()), 1),
    successors: list(open(party()), 1),
    ceased: optional(list(open(party()))),
    /** What of the predecessors' agreements this successor is bound by, and where only some, which. */
    takesOver: optional(open(word('all', 'listed', 'none'))),
    agreements: optional(list(open(agreement()))),
    kind: optional(open(word(...partyKinds))),
    code: optional(open(text(6))),
    corporateNumber: optional(open(text(13))),
    name: optional(open(text(200))),
    kana: optional(open(text(200))),
  }),
  MemberJoined: act({ member: open(party()), role: optional(open(text(100))) }),
  MemberLeft: act({
    member: open(party()),
    wording: optional(open(word('lastDay', 'firstDayWithout'))),
  }),
  /** An office and who holds it, as a published source names him. */
  OfficeChanged: act({ office: open(text(200)), holder: optional(open(text(100))) }),
  FiguresPublished: act({
    figures: list(
      record({
        label: open(text(200)),
        value: optional(open(number())),
        printed: optional(open(text(100))),
        unit: optional(open(text(40))),
      }),
      1,
    ),
    asOf: optional(open(date())),
  }),
  /** 網羅: the list of a field names every instrument that binds the body, on the days stated. */
  CoverageStated: act({ field: open(word(...fields)), days: open(date()) }),
  /** 利用条件: who may use what the body itself offers in a field, by its own 条例・規則. */
  TermsOfUseSet: act({
    field: open(word(...fields)),
    /** 条例・規則の名称 */
    rule: optional(open(text(300))),
    ...termsOfUse,
  }),
  MeetingHeld: act({
    title: open(text(300)),
    place: optional(open(text(300))),
    agenda: optional(list(open(text(500)))),
    decisions: optional(list(open(text(1000)))),
    attendees: optional(
      list(
        record({
          party: open(party()),
          office: open(text(200)),
          holder: optional(open(text(100))),
        }),
      ),
    ),
    participants: optional(open(integer())),
  }),
};

export type PartyEvent = EventOf<typeof partyActs>;
