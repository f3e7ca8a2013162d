/** What a 公共施設一覧 says of a facility's accessibility, feature by feature; `note` is free text. */
export const accessibilityFeatures = [
  'wheelchairAccess',
  'wheelchairLending',
  'caneLending',
  'accessibleToilet',
  'stepFreeWay',
  'tactileGuidance',
  'brailleOrReading',
  'assistanceDogs',
  'subtitles',
  'writtenTalk',
  'priorityParking',
  'ostomateToilet',
  'nursingRoom',
  'nappyTable',
  'eating',
  'pushchairLending',
  'pushchairUse',
  'note',
] as const;
export type AccessibilityFeature = (typeof accessibilityFeatures)[number];
