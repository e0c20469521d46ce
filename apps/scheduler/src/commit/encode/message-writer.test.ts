import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import fc from 'fast-check';
import { MessageWriter } from './message-writer.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('MessageWriter', () => {
  it('writes numbers of 64 bits, of 32 bits and texts as protobuf does', () => {
    const all = fc.tuple(
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      fc.integer(),
      fc.string({ unit: 'grapheme', maxLength: 2_000 }),
    );
    fc.assert(
      fc.property(all, fc.integer({ min: 1, max: 3_000 }), ([long, int, text], field) => {
        const expected = new BinaryWriter();
        if (long !== 0n) expected.tag(field, WireType.Varint).int64(long);
        if (int !== 0) expected.tag(field + 1, WireType.Varint).int32(int);
        if (text !== '') expected.tag(field + 2, WireType.LengthDelimited).string(text);
        const written = new MessageWriter()
          .long(field, long)
          .int(field + 1, int)
          .text(field + 2, text);
        expect(hex(written.finish())).toBe(hex(expected.finish()));
      }),
    );
  });

  it.each([0, 1, 127, 128, 2 ** 31, 2 ** 32, 2 ** 53 - 1])(
    'writes the time %p, a number, as protobuf does',
    (value) => {
      const expected = value === 0 ? '' : hex(new BinaryWriter().tag(1, WireType.Varint).int64(value).finish());
      expect(hex(new MessageWriter().long(1, value).finish())).toBe(expected);
    },
  );

  it('gives messages that the next ones do not overwrite', () => {
    const first = new MessageWriter().text(1, 'first').finish();
    new MessageWriter().text(1, 'other').finish();
    expect(Buffer.from(first).toString()).toContain('first');
  });
});
