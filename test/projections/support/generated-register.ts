import type { RegisterEvent } from '../../../src/entries/domain/event.js';
import { idOf, StreamBuilder } from '../../support/event-builder.js';

/** Agreements of ten events each, and a party for every twenty: entered, approved, half of them corrected. */
export function* generatedRegister(events: number): Generator<readonly RegisterEvent[]> {
  for (let made = 0, i = 0; made < events; i += 1) {
    const stream = i % 20 === 0 ? party(i) : agreement(i);
    made += stream.events.length;
    yield stream.events;
  }
}

function party(i: number): StreamBuilder {
  const stream = new StreamBuilder('party', `生成 ${i}`);
  stream.act('PartyRegistered', { kind: 'municipality', name: `例${i}市` }, { entry: '登録' });
  stream.approve('登録');
  return stream;
}

function agreement(i: number): StreamBuilder {
  const [ours, theirs] = [idOf('横浜市'), idOf(`生成 ${Math.floor(i / 20) * 20}`)];
  const stream = new StreamBuilder('agreement', `生成 ${i}`);
  const entry = '登録';
  const registered = stream.act(
    'AgreementRegistered',
    {
      keeper: ours,
      title: `図書館の相互利用に関する協定 ${i}`,
      kind: 'agreement',
      fields: ['図書館'],
      parties: [{ party: ours }, { party: theirs }],
    },
    { acted: '平成29年2月20日', entry },
  );
  stream.act('TopologyStated', { shape: 'mesh', rest: 'notBound' }, { entry });
  stream.act('ServiceStarted', { field: '図書館' }, { effective: '平成29年3月1日', entry });
  stream.act('FacilitiesCounted', { of: theirs, count: i % 30, field: '図書館' }, { entry });
  stream.act('DisclosureDecided', { disclosed: true, ground: '公開された文書' }, { entry });
  stream.approve(entry);
  if (i % 2 === 0) {
    stream.correct(registered, { acted: '平成29年2月21日' }, { entry: '訂正' });
    stream.approve('訂正');
  }
  stream.act(
    'AgreementEnded',
    { ground: 'byAgreement' },
    { effective: '令和5年3月31日', entry: '終了' },
  );
  stream.approve('終了');
  return stream;
}
