/** Kinds of values on the wire (protobuf encoding, "Message Structure"). */
const VARINT = 0;
const LENGTH_DELIMITED = 2;

/** A varint has at most ten bytes, and so has a tag with a length less than all of that. */
const LONGEST_NUMBER = 10;
const MOST_BYTES_OF_A_CHAR = 3;

/** Messages of one kind lie within each other, at most a few deep: so many buffers are kept for the next ones. */
const KEPT_BUFFERS = 4;
const FIRST_SIZE = 1_024;
const kept: Buffer[] = [];

/**
 * MessageWriter writes the fields of a protobuf message by hand, for the few messages of the hot path: building message
 * objects and walking their descriptors cost four times as much. Defaults are left out, as protobuf does. Tests hold each
 * encoder against its contract.
 */
export class MessageWriter {
  private buffer = kept.pop() ?? Buffer.allocUnsafeSlow(FIRST_SIZE);
  private end = 0;

  text(field: number, value: string): this {
    if (value === '') return this;
    const length = Buffer.byteLength(value, 'utf8');
    this.reserve(2 * LONGEST_NUMBER + value.length * MOST_BYTES_OF_A_CHAR);
    this.varint((field << 3) | LENGTH_DELIMITED);
    this.varint(length);
    this.end += this.buffer.write(value, this.end, 'utf8');
    return this;
  }

  /** A text that is encoded already, bytes, or a message within this one. */
  bytes(field: number, value: Uint8Array): this {
    return value.length === 0 ? this : this.item(field, value);
  }

  /** An item of a repeated field, written also when it is empty. */
  item(field: number, value: Uint8Array): this {
    this.reserve(2 * LONGEST_NUMBER + value.length);
    this.varint((field << 3) | LENGTH_DELIMITED);
    this.varint(value.length);
    this.buffer.set(value, this.end);
    this.end += value.length;
    return this;
  }

  /** int32 or an enum. */
  int(field: number, value: number): this {
    if (value === 0) return this;
    if (value < 0) return this.large(field, BigInt(value));
    this.reserve(2 * LONGEST_NUMBER);
    this.varint((field << 3) | VARINT);
    this.varint(value);
    return this;
  }

  long(field: number, value: bigint | number): this {
    const isSmall = value >= 0 && value <= Number.MAX_SAFE_INTEGER;
    return isSmall ? this.int(field, Number(value)) : this.large(field, BigInt(value));
  }

  /** finish gives the message; the writer is of no use any more. */
  finish(): Uint8Array {
    const message = Buffer.from(this.buffer.subarray(0, this.end));
    if (kept.length < KEPT_BUFFERS) kept.push(this.buffer);
    return message;
  }

  /** Seven bits at a time of two halves, as numbers: arithmetic of bigints is several times slower. */
  private large(field: number, value: bigint): this {
    this.reserve(2 * LONGEST_NUMBER);
    this.varint((field << 3) | VARINT);
    const bits = BigInt.asUintN(64, value);
    let low = Number(bits & 0xffff_ffffn);
    let high = Number(bits >> 32n);
    while (high > 0 || low > 127) {
      this.buffer[this.end++] = (low & 127) | 128;
      low = ((low >>> 7) | (high << 25)) >>> 0;
      high >>>= 7;
    }
    this.buffer[this.end++] = low;
    return this;
  }

  /** Below 2^53: division in place of shifts, which know 32 bits only. */
  private varint(value: number): void {
    let rest = value;
    for (; rest > 127; rest = Math.floor(rest / 128)) this.buffer[this.end++] = (rest % 128) | 128;
    this.buffer[this.end++] = rest;
  }

  private reserve(bytes: number): void {
    if (this.end + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(2 * (this.end + bytes));
    this.buffer.copy(larger, 0, 0, this.end);
    this.buffer = larger;
  }
}
