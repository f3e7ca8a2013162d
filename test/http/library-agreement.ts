import type { Entered, TestApplication } from '../support/application.js';

/** An approved agreement of the operator's on libraries, in service from 平成29年3月1日, with a reason sealed. */
export async function libraryAgreement(
  it: TestApplication,
  partner: string,
  title: string,
  open: boolean,
): Promise<Entered> {
  const disclosure = { type: 'DisclosureDecided', data: { disclosed: open, ground: '資料による' } };
  const { body } = await it.post<Entered>('/api/agreements', {
    keeper: it.operator,
    title,
    kind: 'agreement',
    fields: ['図書館'],
    acted: '平成29年2月20日',
    parties: [{ party: it.operator }, { party: partner }],
    reason: '青木が窓口で受け取った',
    further: [
      { type: 'TopologyStated', data: { shape: 'mesh', rest: 'notBound' } },
      { type: 'ServiceStarted', effective: '平成29年3月1日' },
      { type: 'FacilitiesCounted', data: { of: partner, count: 13 } },
      disclosure,
    ],
  });
  await it.approve({ kind: 'agreement', id: body.id }, body);
  return body;
}
