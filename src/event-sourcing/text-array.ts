const oidOfText = 25;
const headerBytes = 20;

/**
 * PostgreSQL's binary form of a text[]. The textual form would escape each quote of each body and have
 * the server take it out again.
 */
export function textArray(texts: readonly string[]): Buffer {
  const sizes = texts.map((text) => Buffer.byteLength(text));
  const whole = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + 4 + size, headerBytes));
  // One dimension without nulls, counted from 1.
  const header = [1, 0, oidOfText, texts.length, 1];
  let place = 0;
  for (const field of header) place = whole.writeInt32BE(field, place);
  for (const [index, text] of texts.entries()) {
    place = whole.writeInt32BE(sizes[index] ?? 0, place);
    place += whole.write(text, place);
  }
  return whole;
}
