import { quoted } from '../../entries/domain/refusal.js';
import type { Cell } from './cell.js';

/** `refuses` keeps the row, or the whole list, out; the others are warnings: what is said may be true. */
const catalogue = {
  'list/empty': refuses('ファイルに何も書かれていません', '見出しの行と、施設一件につき一行'),
  'list/too-large': refuses('ファイルが大きすぎます', '16 MiB 以下のファイル'),
  'list/too-many-rows': refuses('行が多すぎます', '50,000行以下の一覧'),
  'list/encoding': refuses('読める文字コードではありません', 'UTF-8 か CP932(Shift_JIS)'),
  'list/not-text': refuses('CSVではなく、文字でないデータのファイルです', 'CSVのファイル'),
  'list/header-unknown': refuses(
    '見出しが公共施設一覧のどの様式とも合いません',
    '推奨データセット(24項目)か自治体標準オープンデータセット(56項目)の見出し',
  ),
  'list/column-missing': refuses('必須の項目が見出しにありません', '必須の項目'),
  'list/column-repeated': refuses('同じ項目が見出しに二度あります', '項目ごとに一列'),
  'list/no-rows': refuses('見出しのほかに行がありません', '施設一件につき一行'),
  'list/other-body': refuses('別の団体の一覧です', '指定した団体の一覧'),
  'list/several-bodies': refuses(
    '指定した名称の団体が一覧に二つ以上あります',
    '全国地方公共団体コードでの指定',
  ),
  'row/blank': refuses('何も書かれていない行です', '施設一件につき一行'),
  'row/footer': refuses('施設ではなく、合計や注記の行です', '施設一件につき一行'),
  'row/header-repeated': refuses('見出しがもう一度書かれた行です', '施設一件につき一行'),
  'row/too-few-cells': refuses('値の数が見出しより足りません', '見出しと同じ数の値'),
  'row/too-many-cells': refuses('値の数が見出しより多くあります', '見出しと同じ数の値'),
  'row/other-body': refuses('別の団体の行です', '指定した団体の施設'),
  'row/body-unsaid': refuses('どの団体の施設かが書かれていません', '指定した団体の名称'),
  'row/same-id': refuses('同じIDの行がほかにあります', '一覧の中で一つだけのID'),
  'row/same-facility': refuses(
    '同じ名称と住所の行がほかにあり、IDで区別できません',
    '施設一件につき一行',
  ),
  'row/same-name-and-address': warns(
    '同じ名称と住所の行がほかにあります。IDは異なります',
    '施設一件につき一行',
  ),
  'cell/quotation': refuses(
    '引用符の使い方が正しくありません',
    '値の全体を " で囲み、中の " は二つ重ねる',
  ),
  'cell/no-character': refuses(
    '文字として読めないバイトがあります',
    '一覧の文字コードで読める文字',
  ),
  'cell/control-character': refuses('制御文字があります', '改行とタブのほかに制御文字のない値'),
  'cell/private-character': refuses(
    'ほかの機械では読めない文字(外字)があります',
    'Unicode に定められた文字',
  ),
  'cell/too-long': refuses(
    '長すぎます',
    'IDは100文字、名称と読みは200文字、住所は300文字、ほかは2000文字以下',
  ),
  'cell/lost-character': warns(
    '「?」があります。波線、横線、負号などが失われたのかもしれません',
    '元のままの文字',
  ),
  'code/missing': refuses('団体コードがありません', '6桁の全国地方公共団体コード'),
  'code/form': refuses(
    '団体コードの形ではありません',
    '6桁の全国地方公共団体コード(先頭の0も要ります)',
  ),
  'code/check-digit': refuses(
    '団体コードの検査数字が合いません',
    '検査数字の合う全国地方公共団体コード',
  ),
  'name/missing': refuses('名称がありません', '施設の名称'),
  'id/missing': warns('IDがありません', '一覧の中で一つだけのID'),
  'poi/form': refuses('POIコードの形ではありません', '3桁か4桁の数字'),
  'poi/unknown': warns('POIコードの一覧にないコードです', 'POIコードの一覧にあるコード'),
  'town-id/municipality-code': refuses(
    '町字IDの項目に全国地方公共団体コードがあります',
    '7桁の町字ID',
  ),
  'town-id/form': refuses('町字IDの形ではありません', '7桁の町字ID'),
  'address/missing': warns('住所がありません', '施設の住所'),
  'address/contradiction': refuses(
    '所在地の各項目が連結表記と食い違います',
    '連結表記と同じ所在地',
  ),
  'address/other-prefecture': warns('団体とは別の都道府県にあります', '団体の区域の中の住所'),
  'address/other-municipality': warns('団体とは別の市区町村にあります', '団体の区域の中の住所'),
  'coordinates/unreadable': refuses('緯度や経度として読めません', '十進法の度(35.4437 など)'),
  'coordinates/half': refuses('緯度と経度の一方だけがあります', '緯度と経度の両方'),
  'coordinates/swapped': refuses(
    '緯度と経度が入れ替わっています',
    '緯度は20から46、経度は122から154',
  ),
  'coordinates/outside-japan': refuses('日本の外の位置です', '緯度は20から46、経度は122から154'),
  'altitude/unreadable': refuses('高度として読めません', 'メートル単位の数'),
  'corporate-number/form': refuses('法人番号の形ではありません', '13桁の法人番号'),
  'corporate-number/check-digit': refuses(
    '法人番号の検査数字が合いません',
    '検査数字の合う法人番号',
  ),
  'postcode/form': warns('郵便番号の形ではありません', '7桁の郵便番号(231-0005 など)'),
  'phone/form': warns(
    '電話番号の形ではありません',
    '市外局番からの番号(045-671-2121 など。先頭の0も要ります)',
  ),
  'email/form': warns('メールアドレスの形ではありません', 'メールアドレス一つ'),
  'url/form': refuses('URLの形ではありません', 'http:// か https:// で始まるURL一つ'),
  'time/unreadable': refuses('時刻として読めません', '0:00 から 24:00 までの時刻(9:00 など)'),
  'time/order': warns('開始時間が終了時間より前ではありません', '開始時間より後の終了時間'),
  'accessibility/unreadable': refuses('有無として読めません', '有、無、または空欄'),
} as const;

export type FindingCode = keyof typeof catalogue;

/** What is wrong or odd, in a form for programs and a sentence for people. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: 'refusal' | 'warning';
  readonly text: string;
  /** The column's name as the list has it. */
  readonly column?: string;
  readonly read: string;
  readonly expected: string;
  /** Where in the file, counted in bytes from 0, something stands that is no character. */
  readonly byte?: number;
  /** The other rows that it is about, by their first line. */
  readonly lines?: readonly number[];
}

type Details = Partial<Pick<Finding, 'column' | 'expected' | 'byte' | 'lines'>>;

export function finding(code: FindingCode, read: string, details: Details = {}): Finding {
  return { code, ...catalogue[code], read: quoted(read), ...details };
}

export function findingAt(code: FindingCode, { text, column }: Cell, details: Details = {}) {
  return finding(code, text, { column, ...details });
}

export function isRefusal(it: Finding): boolean {
  return it.severity === 'refusal';
}

function refuses(text: string, expected: string) {
  return { severity: 'refusal', text, expected } as const;
}

function warns(text: string, expected: string) {
  return { severity: 'warning', text, expected } as const;
}
