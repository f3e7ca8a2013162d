const FIRST_BYTES = 64 * 1024;

/** Text that grows, as UTF-8 outside the heap: the garbage collector copies none of it. */
export class GrowingText {
  private bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
  private size = 0;

  add(text: string): void {
    // A character takes three bytes at most, and a pair of surrogates four.
    const most = this.size + text.length * 3;
    if (most > this.bytes.length) {
      const larger = Buffer.allocUnsafeSlow(most * 2);
      this.bytes.copy(larger, 0, 0, this.size);
      this.bytes = larger;
    }
    this.size += this.bytes.write(text, this.size);
  }

  /** All of it, on memory of its own. */
  get taken(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.bytes.buffer, 0, this.size);
  }
}
