/**
 * The text in UTF-8, in memory of its own: small buffers are pieces of eight kilobytes that Node shares
 * out, and one piece that is kept keeps them all.
 */
export function ownBytes(text: string): Buffer {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  bytes.write(text);
  return bytes;
}
