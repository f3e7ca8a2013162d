import iconv from 'iconv-lite';

export type Encoding = 'utf-8' | 'utf-8-bom' | 'cp932';

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * The text that bytes of a file stand for; U+FFFD where they stand for none. CP932 is read by a table
 * of its own: ICU's, behind TextDecoder, turns 1A, 1C and 7F into one another.
 */
export function decode(bytes: Uint8Array, encoding: Encoding): string {
  return encoding === 'cp932' ? iconv.decode(bytes, 'cp932') : utf8.decode(bytes);
}

/** How many bytes stand before the first that is no character; undefined where all are. */
export function offsetOfFault(bytes: Uint8Array, encoding: Encoding): number | undefined {
  const text = decode(bytes, encoding);
  const at = text.indexOf('\u{fffd}');
  if (at < 0) return undefined;
  return encoding === 'cp932' ? faultInCp932(bytes) : Buffer.byteLength(text.slice(0, at));
}

function faultInCp932(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = isLead(bytes[at]) ? 2 : 1;
    if (decode(bytes.subarray(at, at + length), 'cp932').includes('\u{fffd}')) return at;
    at += length;
  }
  return at;
}

function isLead(byte = 0): boolean {
  return (byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xfc);
}

/** Whether a file begins with the mark of UTF-16, which is not read. */
export function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

export function hasUtf8Mark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/** Whether a file is no text: the files that are sent by mistake (xlsx, pdf) have a NUL near their head. */
export function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 4096).includes(0);
}
