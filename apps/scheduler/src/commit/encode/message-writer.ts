import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/**
 * MessageWriter writes the fields of a protobuf message by hand, for the few messages of the hot path: building message
 * objects and walking their descriptors cost four times as much. Defaults are left out, as protobuf does. Tests hold each
 * encoder against its contract.
 */
export class MessageWriter {
  private readonly writer = new BinaryWriter();

  text(field: number, value: string): this {
    return value === '' ? this : this.bytes(field, Buffer.from(value, 'utf8'));
  }

  /** A text that is encoded already, bytes, or a message within this one. */
  bytes(field: number, value: Uint8Array): this {
    if (value.length > 0) this.writer.tag(field, WireType.LengthDelimited).bytes(value);
    return this;
  }

  /** An item of a repeated field, written also when it is empty. */
  item(field: number, value: Uint8Array): this {
    this.writer.tag(field, WireType.LengthDelimited).bytes(value);
    return this;
  }

  /** int32 or an enum. */
  int(field: number, value: number): this {
    if (value !== 0) this.writer.tag(field, WireType.Varint).int32(value);
    return this;
  }

  long(field: number, value: bigint | number): this {
    if (value !== 0n && value !== 0)
      this.writer.tag(field, WireType.Varint).int64(typeof value === 'number' ? String(value) : value);
    return this;
  }

  finish(): Uint8Array {
    return this.writer.finish();
  }
}
