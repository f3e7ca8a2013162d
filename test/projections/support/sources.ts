import type { RegisterEvent } from '../../../src/entries/domain/event.js';
import { idOf, StreamBuilder, type Said } from '../../support/event-builder.js';

const reported = { written: '[2020-04-01..2020-09-30]' };

/** The parties and agreements that the questions of the first issue are about, as document 001 has them. */
export const codes: Readonly<Record<string, string>> = {
  横浜市: '141003',
  川崎市: '141305',
  横須賀市: '142018',
  鎌倉市: '142042',
  藤沢市: '142051',
  逗子市: '142085',
  大和市: '142131',
  町田市: '132098',
};

export function party(name: string, kind: 'municipality' | 'council' | 'ward', whole?: string) {
  const stream = new StreamBuilder('party', name);
  const code = codes[name];
  stream.act('PartyRegistered', {
    kind,
    name,
    ...(code === undefined ? {} : { code }),
    ...(whole === undefined ? {} : { partOf: idOf(whole) }),
  });
  return stream;
}

export function municipalities(): readonly RegisterEvent[] {
  return Object.keys(codes).flatMap((name) => party(name, 'municipality').events);
}

export function disclosed(stream: StreamBuilder, said: Said = {}): StreamBuilder {
  stream.act('DisclosureDecided', { disclosed: true, ground: '公開された文書に記載' }, said);
  return stream;
}

export interface LibraryAgreement {
  readonly partner: string;
  readonly signed: string;
  readonly start: string;
  readonly count: number;
}

export const libraryTable: readonly LibraryAgreement[] = [
  { partner: '藤沢市', signed: '平成29年2月7日', start: '平成29年3月1日', count: 4 },
  { partner: '川崎市', signed: '平成29年2月20日', start: '平成29年3月1日', count: 13 },
  { partner: '鎌倉市', signed: '平成29年2月20日', start: '平成29年3月1日', count: 5 },
  { partner: '大和市', signed: '平成29年2月20日', start: '平成29年3月1日', count: 4 },
  { partner: '横須賀市', signed: '平成29年3月27日', start: '平成30年4月3日', count: 14 },
];

export function library({ partner, signed, start, count }: LibraryAgreement): StreamBuilder {
  const stream = new StreamBuilder('agreement', `図書館 横浜市 ${partner}`);
  stream.act(
    'AgreementRegistered',
    {
      keeper: idOf('横浜市'),
      title: '図書館の相互利用に関する協定',
      kind: 'agreement',
      fields: ['図書館'],
      parties: [{ party: idOf('横浜市') }, { party: idOf(partner) }],
    },
    { acted: signed },
  );
  stream.act(
    'TopologyStated',
    { shape: 'mesh', rest: 'notBound', fields: ['図書館'] },
    { acted: signed },
  );
  stream.act('ServiceStarted', { field: '図書館' }, { effective: start });
  stream.act('FacilitiesCounted', { of: idOf(partner), count, field: '図書館' });
  return disclosed(stream);
}

const six = ['鎌倉市', '藤沢市', '大和市', '逗子市', '町田市', '横須賀市'];

/** 災害時相互応援: one record, 横浜市 and each of the six; what the six owe each other is unknown. */
export function disaster(): StreamBuilder {
  const stream = new StreamBuilder('agreement', '災害時相互応援 6市');
  stream.act(
    'AgreementRegistered',
    {
      keeper: idOf('横浜市'),
      title: '災害時における相互応援に関する協定',
      kind: 'agreement',
      fields: ['災害時相互応援'],
      parties: [
        { party: idOf('横浜市') },
        ...six.map((it) =>
          it === '横須賀市'
            ? { party: idOf(it), from: { edtf: '2012-03', text: '平成24年3月' } }
            : { party: idOf(it) },
        ),
      ],
    },
    { acted: '平成23年11月', ...reported },
  );
  const pairs = six.flatMap((it) => [
    { provider: idOf('横浜市'), beneficiary: idOf(it) },
    { provider: idOf(it), beneficiary: idOf('横浜市') },
  ]);
  stream.act(
    'TopologyStated',
    { shape: 'pairs', pairs, rest: 'unknown', fields: ['災害時相互応援'] },
    { acted: '平成23年11月', ...reported },
  );
  return disclosed(stream);
}

/** 川崎市 is bound to 横浜市 as a member of 九都県市: no paper of its own and no date. */
export function umbrella(): readonly StreamBuilder[] {
  const council = party('九都県市', 'council');
  council.act('MemberJoined', { member: idOf('横浜市') }, reported);
  council.act('MemberJoined', { member: idOf('川崎市') }, reported);
  const stream = new StreamBuilder('agreement', '災害時相互応援 九都県市');
  stream.act(
    'AgreementRegistered',
    {
      keeper: idOf('横浜市'),
      title: '災害時における相互応援(九都県市としての協定)',
      kind: 'unknown',
      fields: ['災害時相互応援'],
      parties: [{ party: idOf('九都県市') }],
    },
    reported,
  );
  stream.act(
    'BoundThroughStated',
    {
      through: idOf('九都県市'),
      pairs: [
        { provider: idOf('横浜市'), beneficiary: idOf('川崎市') },
        { provider: idOf('川崎市'), beneficiary: idOf('横浜市') },
      ],
      fields: ['災害時相互応援'],
    },
    reported,
  );
  return [council, disclosed(stream)];
}
