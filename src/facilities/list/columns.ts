/** 公共施設一覧 of the 推奨データセット: 24 columns. */
const older = {
  都道府県コード又は市区町村コード: 'code',
  NO: 'id',
  都道府県名: 'prefecture',
  市区町村名: 'municipality',
  名称: 'name',
  名称_カナ: 'kana',
  名称_通称: 'commonName',
  POIコード: 'poi',
  住所: 'address',
  方書: 'building',
  緯度: 'latitude',
  経度: 'longitude',
  電話番号: 'phone',
  内線番号: 'extension',
  法人番号: 'corporateNumber',
  団体名: 'organisation',
  利用可能曜日: 'weekdays',
  開始時間: 'opens',
  終了時間: 'closes',
  利用可能日時特記事項: 'openingNote',
  説明: 'description',
  バリアフリー情報: 'accessibilityNote',
  URL: 'url',
  備考: 'note',
} as const;

/** Columns of the current form that say 有, 無 or nothing. */
const accessibility = {
  車椅子可: 'wheelchairAccess',
  車椅子貸出: 'wheelchairLending',
  ツエ貸出: 'caneLending',
  バリアフリートイレ: 'accessibleToilet',
  'スロープ、エレベータ、エスカレータ': 'stepFreeWay',
  点字ブロック等の移動支援: 'tactileGuidance',
  点字や読上による支援: 'brailleOrReading',
  '盲導犬・介助犬、聴導犬同伴': 'assistanceDogs',
  字幕: 'subtitles',
  筆談対応: 'writtenTalk',
  優先駐車場: 'priorityParking',
  オストメイト対応トイレ: 'ostomateToilet',
  授乳室: 'nursingRoom',
  おむつ替えコーナー: 'nappyTable',
  飲食可否: 'eating',
  ベビーカー貸出: 'pushchairLending',
  ベビーカー利用: 'pushchairUse',
} as const;

/** 公共施設一覧 of the 自治体標準オープンデータセット: 56 columns. */
const current = {
  全国地方公共団体コード: 'code',
  ID: 'id',
  地方公共団体名: 'body',
  名称: 'name',
  名称_カナ: 'kana',
  名称_英字: 'english',
  名称_通称: 'commonName',
  POIコード: 'poi',
  外部識別子: 'externalScheme',
  外部識別子の値: 'externalId',
  所在地_全国地方公共団体コード: 'locationCode',
  町字ID: 'townId',
  所在地_連結表記: 'address',
  所在地_都道府県: 'addressPrefecture',
  所在地_市区町村: 'addressMunicipality',
  所在地_町字: 'addressTown',
  所在地_番地以下: 'addressNumber',
  '建物名等(方書)': 'building',
  緯度: 'latitude',
  経度: 'longitude',
  高度の種別: 'altitudeKind',
  高度の値: 'altitude',
  電話番号: 'phone',
  内線番号: 'extension',
  連絡先メールアドレス: 'email',
  連絡先FormURL: 'formUrl',
  '連絡先備考(その他、SNSなど)': 'contactNote',
  郵便番号: 'postcode',
  法人番号: 'corporateNumber',
  団体名: 'organisation',
  利用可能曜日: 'weekdays',
  開始時間: 'opens',
  終了時間: 'closes',
  利用可能時間特記事項: 'openingNote',
  説明: 'description',
  ...accessibility,
  URL: 'url',
  画像: 'image',
  画像_ライセンス: 'imageLicence',
  備考: 'note',
} as const;

export type Form = 'older' | 'current';

export type Field = (typeof older)[keyof typeof older] | (typeof current)[keyof typeof current];
export type AccessibilityField = (typeof accessibility)[keyof typeof accessibility];
export type NumberField = 'latitude' | 'longitude' | 'altitude';
export type TimeField = 'opens' | 'closes';
export type TextField = Exclude<Field, AccessibilityField | NumberField | TimeField>;

export const accessibilityFields: readonly AccessibilityField[] = Object.values(accessibility);

export interface FormColumns {
  /** Field by the column's name as the standard has it. */
  readonly fields: ReadonlyMap<string, Field>;
  /** Without these columns a list is not read. */
  readonly required: readonly string[];
}

export const forms: Readonly<Record<Form, FormColumns>> = {
  older: {
    fields: new Map(Object.entries(older)),
    required: ['都道府県コード又は市区町村コード', '名称', '住所'],
  },
  current: {
    fields: new Map(Object.entries(current)),
    required: ['全国地方公共団体コード', 'ID', '名称', '所在地_連結表記'],
  },
};
