import { describe, expect, test } from 'vitest';

import { readDate } from '../../src/time/read-date.js';

describe('a day as people write it', () => {
  test.each([
    ['平成29年2月7日', '2017-02-07'],
    ['平成 29 年 2 月 7 日', '2017-02-07'],
    ['平成 30年７月９日（月）', '2018-07-09'],
    ['平成29年2月7日\n', '2017-02-07'],
    ['平 成 二 十 九 年 二 月 七 日', '2017-02-07'],
    ['平成29年2⽉7⽇', '2017-02-07'],
    ['㍻29年2月7日', '2017-02-07'],
    ['H29.2.7', '2017-02-07'],
    ['h29/2/7', '2017-02-07'],
    ['H29-02-07', '2017-02-07'],
    ['Ｈ２９．２．７', '2017-02-07'],
    ['Ｈ２９ー２ー７', '2017-02-07'],
    ['H29年2月7日', '2017-02-07'],
    ['平29.2.7', '2017-02-07'],
    ['平成29・2・7', '2017-02-07'],
    ['平成二十九年二月七日', '2017-02-07'],
    ['平成弐拾九年弐月七日', '2017-02-07'],
    ['平成29年2月7日付け', '2017-02-07'],
    ['平成29年（2017年）2月7日', '2017-02-07'],
    ['2017年（平成29年）2月7日', '2017-02-07'],
    ['2017(H29).2.7', '2017-02-07'],
    ['西暦2017年2月7日', '2017-02-07'],
    ['二〇一七年二月七日', '2017-02-07'],
    ['2017/2/7', '2017-02-07'],
    ['2017.02.07', '2017-02-07'],
    ['２０１７－０２－０７', '2017-02-07'],
    ['2017年2月7日', '2017-02-07'],
    ['20170207', '2017-02-07'],
    ['令和元年5月1日', '2019-05-01'],
    ['R1.5.1', '2019-05-01'],
    ['令元.5.1', '2019-05-01'],
    ['㋿元年5月1日', '2019-05-01'],
    ['S64.1.7', '1989-01-07'],
    ['昭和六十四年一月七日', '1989-01-07'],
    ['大正15年12月24日', '1926-12-24'],
    ['M45.7.29', '1912-07-29'],
    ['平成30年4月3日（火）', '2018-04-03'],
    ['令和5年10月30日(月曜日)', '2023-10-30'],
    ['令和5年11月3日（金・祝）', '2023-11-03'],
    ['平成30年4月3日火曜日', '2018-04-03'],
    ['平成23年11月末日', '2011-11-30'],
    ['平成24年2月末日', '2012-02-29'],
    ['平成29年度末日', '2018-03-31'],
  ])('%j is %s', (text, edtf) => {
    expect(readDate(text)).toEqual({ ok: true, date: { edtf, text }, flags: [] });
  });
});

describe('less than a day as people write it', () => {
  test.each([
    ['平成23年11月', '2011-11'],
    ['平成 23 年 11 月', '2011-11'],
    ['平成二十三年十一月', '2011-11'],
    ['平成２３年１１月', '2011-11'],
    ['H23.11', '2011-11'],
    ['2011年11月', '2011-11'],
    ['2011/11', '2011-11'],
    ['平成廿三年', '2011'],
    ['平成23年', '2011'],
    ['H23', '2011'],
    ['2015年', '2015'],
    ['令和元年', '2019'],
    ['昭和64年', '1989'],
    ['平成29年度', '[2017-04-01..2018-03-31]'],
    ['平成 29年度', '[2017-04-01..2018-03-31]'],
    ['令和7年度', '[2025-04-01..2026-03-31]'],
    ['2017年度', '[2017-04-01..2018-03-31]'],
    ['H28年度', '[2016-04-01..2017-03-31]'],
    ['令和元年度', '[2019-04-01..2020-03-31]'],
    ['平成31年度', '[2019-04-01..2020-03-31]'],
    ['平成29年度（2017年度）', '[2017-04-01..2018-03-31]'],
    ['平成23年11月上旬', '[2011-11-01..2011-11-10]'],
    ['平成23年11月中旬', '[2011-11-11..2011-11-20]'],
    ['平成24年2月下旬', '[2012-02-21..2012-02-29]'],
    ['令和2年9月30日以前', '[..2020-09-30]'],
    ['令和2年9月以前', '[..2020-09-30]'],
    ['令和2年4月1日以降', '[2020-04-01..]'],
    ['令和2年4月以後', '[2020-04-01..]'],
    ['令和2年4月1日から令和2年9月30日までのいずれかの日', '[2020-04-01..2020-09-30]'],
    ['［２０１７－０４－０１．．２０１８－０３－３１］', '[2017-04-01..2018-03-31]'],
  ])('%j is one of %s', (text, edtf) => {
    expect(readDate(text)).toEqual({ ok: true, date: { edtf, text }, flags: [] });
  });
});

describe('a date that is its own EDTF', () => {
  test.each([
    '2017-02-07',
    '2017-02',
    '2015',
    '[2017-04-01..2018-03-31]',
    '[..2020-09-30]',
    '[2020-04-01..]',
  ])('%s needs no text beside it', (edtf) => {
    expect(readDate(edtf)).toEqual({ ok: true, date: { edtf }, flags: [] });
  });

  test('keeps its text where that differs by as little as a space', () => {
    expect(readDate(' 2017-02-07')).toMatchObject({ date: { text: ' 2017-02-07' } });
  });
});

describe('what is no day', () => {
  test.each([
    ['不明', 'unknown'],
    ['なし', 'none'],
    ['無', 'none'],
    ['期限の定めなし', 'endless'],
    ['期限の定め なし', 'endless'],
    ['無期限', 'endless'],
    ['Unknown', 'unknown'],
  ])('%j is the tag %s', (text, tag) => {
    expect(readDate(text)).toEqual({ ok: true, date: { tag, text }, flags: [] });
  });

  test.each(['unknown', 'none', 'endless'])('%s is a tag by its own name', (tag) => {
    expect(readDate(tag)).toEqual({ ok: true, date: { tag }, flags: [] });
  });
});

describe('an odd date is kept, and flagged', () => {
  test.each([
    ['平成32年3月31日', '2020-03-31', ['era-overrun']],
    ['平成31年5月1日', '2019-05-01', ['era-overrun']],
    ['平成31年5月', '2019-05', ['era-overrun']],
    ['平成32年度', '[2020-04-01..2021-03-31]', ['era-overrun']],
    ['2020年（平成32年）3月31日', '2020-03-31', ['era-overrun']],
    ['昭和64年1月8日', '1989-01-08', ['era-overrun']],
    ['昭和64年1月', '1989-01', []],
    ['平成31年4月30日', '2019-04-30', []],
    ['令和元年4月1日', '2019-04-01', ['era-before-start']],
    ['令和元年4月', '2019-04', ['era-before-start']],
    ['平成元年1月7日', '1989-01-07', ['era-before-start']],
    ['明治元年1月1日', '1868-01-01', ['era-before-start', 'lunisolar']],
    ['明治5年12月3日', '1872-12-03', ['lunisolar']],
    ['明治6年1月1日', '1873-01-01', []],
    ['平成30年4月3日（水）', '2018-04-03', ['weekday-wrong']],
    ['平成23年11月末', '2011-11-30', ['end-as-last-day']],
    ['平成29年度末', '2018-03-31', ['end-as-last-day']],
    ['平成32年4月3日（水）', '2020-04-03', ['era-overrun', 'weekday-wrong']],
    ['平成32年4月1日以降', '[2020-04-01..]', ['era-overrun']],
  ])('%s is %s, %j', (text, edtf, flags) => {
    expect(readDate(text)).toEqual({ ok: true, date: { edtf, text }, flags });
  });
});

describe('an impossible day', () => {
  const impossible = [
    '平成29年2月30日',
    '平成29年13月',
    '平成29年13月1日',
    '平成29年0月1日',
    '平成29年11月31日',
    '平成0年1月1日',
    '令和〇年',
    '2017-02-29',
    '2017-13',
    '20171301',
    '0000-01-01',
    '9999年度',
    '[2018-03-31..2017-04-01]',
    '[2017-02-30..]',
    '平成29年2月30日以前',
    '平成29年（2018年）2月7日',
    '令和2年9月30日から令和2年4月1日までのいずれかの日',
  ];

  test.each(impossible)('%s is refused when typed', (text) => {
    expect(readDate(text)).toMatchObject({ ok: false, code: 'date/impossible', read: text });
  });

  test.each(impossible)('%s is unknown, with its text, when it stands so in the paper', (text) => {
    expect(readDate(text, { printed: true })).toEqual({
      ok: true,
      date: { tag: 'unknown', text },
      flags: ['impossible-as-printed'],
    });
  });

  test('is refused with what the calendar has instead', () => {
    expect(readDate('平成29年2月30日')).toMatchObject({ expected: '2017年2月は1日から28日まで' });
    expect(readDate('平成29年13月1日')).toMatchObject({ expected: '月は1月から12月まで' });
    expect(readDate('令和3年4月から令和2年4月までのいずれかの日')).toMatchObject({
      expected: '実在する日からはじまり、それ以後の実在する日でおわる期間',
    });
    expect(readDate('9999年度')).toMatchObject({ expected: '西暦1年から9999年までの日' });
  });
});

describe('no date', () => {
  test.each([
    ['', 'date/empty'],
    [' 　\n', 'date/empty'],
    ['令和7年3月31日まで', 'date/clause'],
    ['平成２７年４月～', 'date/clause'],
    ['平成27年4月〜', 'date/clause'],
    ['平成27年4月から', 'date/clause'],
    ['平成23年11月頃', 'date/approximate'],
    ['平成23年11月ごろ', 'date/approximate'],
    ['約平成23年', 'date/approximate'],
    ['2011-11~', 'date/approximate'],
    ['2011?', 'date/approximate'],
    ['来年', 'date/unreadable'],
    ['29年2月7日', 'date/unreadable'],
    ['四年二月七日', 'date/unreadable'],
    ['29.2.7', 'date/unreadable'],
    ['2/7/2017', 'date/unreadable'],
    ['2017-02-07T00:00:00Z', 'date/unreadable'],
    ['2017年2/7', 'date/unreadable'],
    ['平成29²年', 'date/unreadable'],
    ['平成29年1 2月', 'date/unreadable'],
    ['2017 02 07', 'date/unreadable'],
    ['平成29年2月7日8日', 'date/unreadable'],
    ['平成23年11月（火）', 'date/unreadable'],
    ['平成十十年', 'date/unreadable'],
    ['令和九千年', 'date/unreadable'],
    ['H2017.2.7', 'date/unreadable'],
    ['平成29年十十月', 'date/unreadable'],
    ['平成29年2月十十日', 'date/unreadable'],
    ['慶応4年1月1日', 'date/unreadable'],
    ['[..]', 'date/unreadable'],
    ['[2017-02-07,2017-02-08]', 'date/unreadable'],
    ['昨日以前', 'date/unreadable'],
    ['昨日から今日までのいずれかの日', 'date/unreadable'],
    ['平成29年(四)2月7日', 'date/unreadable'],
  ])('%j is refused: %s', (text, code) => {
    const refused = {
      ok: false,
      code,
      read: text,
      expected: expect.stringMatching(/日付|[年月日]/),
    };
    expect(readDate(text)).toEqual(refused);
    expect(readDate(text, { printed: true })).toEqual(refused);
  });

  test('is longer than a hundred characters', () => {
    expect(readDate(`${' '.repeat(90)}2017-02-07`)).toMatchObject({ date: { edtf: '2017-02-07' } });
    expect(readDate(`${' '.repeat(91)}2017-02-07`)).toMatchObject({ code: 'date/unreadable' });
  });

  test('is shown shortened, and without half a character', () => {
    const { read } = readDate('あ'.repeat(99) + '𠮷'.repeat(1000)) as { read: string };
    expect(read).toBe(`${'あ'.repeat(99)}\uFFFD…`);
    expect(readDate('\uD800')).toMatchObject({ code: 'date/unreadable', read: '\uFFFD' });
  });
});
