import type {
  FacilitiesAnswer,
  FacilityDetailAnswer,
} from '../../../projections/facilities/facility.answer.js';
import { csv } from './csv.js';

const stamp = ['時点', '登録番号', '登録番号の時刻'];

const listHeader = [
  ...stamp,
  'id',
  '所管団体',
  '団体コード',
  '名称',
  '名称_カナ',
  'POIコード',
  '種類',
  '備考',
  '住所',
  '緯度',
  '経度',
  '電話番号',
  'URL',
  '存在',
  '理由',
  '推定',
  '決まらない項目',
  '承認待ちの登録票',
];

export function facilitiesCsv({ on, known, facilities }: FacilitiesAnswer): string {
  return csv(
    listHeader,
    facilities.map((it) => [
      on,
      known.n,
      known.at,
      it.id,
      it.owner?.name,
      it.owner?.code,
      it.name,
      it.kana,
      it.poi,
      it.kind,
      it.note,
      it.address,
      it.latitude,
      it.longitude,
      it.telephone,
      it.url,
      it.open.answer,
      it.open.reasons.map(({ code }) => code).join(' '),
      it.open.presumed.join(' '),
      it.undetermined.join(' '),
      it.pending.join(' '),
    ]),
  );
}

const cellHeader = [
  ...stamp,
  '項目',
  '値',
  '書かれたまま',
  '出典',
  '行',
  '列',
  'ファイルのSHA-256',
  '事実',
];

/** A line for each value: several for one attribute where the sources leave it open. */
export function facilityCsv({ on, known, attributes }: FacilityDetailAnswer): string {
  return csv(
    cellHeader,
    attributes.flatMap(({ attribute, values }) =>
      values.map((it) => [
        on,
        known.n,
        known.at,
        attribute,
        it.value,
        it.written,
        it.source?.document,
        it.line,
        it.column,
        it.sha256,
        it.event,
      ]),
    ),
  );
}
