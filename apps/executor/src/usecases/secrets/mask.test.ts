import fc from 'fast-check';
import { Mask } from './mask.js';
import { MaskedStream } from './masked-stream.js';

/** All that a stream shows when it is fed these pieces. */
function shown(secrets: readonly string[], pieces: readonly string[]): string {
  const stream = new MaskedStream(new Mask(secrets));
  return Buffer.concat([...pieces.map((piece) => stream.write(piece)), stream.end()]).toString();
}

const inPieces = (text: string, size: number): string[] =>
  Array.from({ length: Math.ceil(text.length / size) }, (_, index) => text.slice(index * size, (index + 1) * size));

it('covers a secret wherever a text has it, also escaped, encoded, or a line of it', () => {
  const secret = 'p"w/ü &1';
  const key = '-----BEGIN KEY-----\nMIIEvQIBADANBg\n-----END KEY-----\n';
  const mask = new Mask([secret, key]);
  expect(mask.text(`a ${secret} b`)).toBe('a *** b');
  for (const form of [
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64'),
    Buffer.from(secret).toString('base64url'),
    'MIIEvQIBADANBg',
  ]) {
    expect(mask.text(`<${form}>`)).toMatch(/^<\*\*\*=*>$/);
  }
});

it.each([1, 2, 3, 5])('covers a secret that comes in pieces of %s characters', (size) => {
  const text = `one hunter-22 two hunter-2 three hunter-22`;
  expect(shown(['hunter-22'], inPieces(text, size))).toBe('one *** two hunter-2 three ***');
});

it('covers the longer of two secrets that begin alike, and both of two that overlap', () => {
  expect(shown(['abcd', 'abcdefgh'], inPieces('x abcdefgh y abcd z', 3))).toBe('x *** y *** z');
  expect(shown(['xyab', 'abzz'], inPieces('1 xyabzz 2 xyab 3', 2))).toBe('1 *** 2 *** 3');
});

it('shows at once what cannot be the beginning of a secret', () => {
  const stream = new MaskedStream(new Mask(['hunter-22']));
  expect(Buffer.from(stream.write('a line\n')).toString()).toBe('a line\n');
  expect(Buffer.from(stream.write('hunt')).toString()).toBe('');
  expect(Buffer.from(stream.write('ing\n')).toString()).toBe('hunting\n');
});

it('leaves other bytes as they are, also broken UTF-8', () => {
  const stream = new MaskedStream(new Mask(['hunter-22']));
  const bytes = Uint8Array.from([0xff, 0xc3, 0x00, 0x80]);
  expect([...stream.write(bytes)]).toEqual([...bytes]);
});

it('covers secrets in names, texts and numbers of a document', () => {
  const mask = new Mask(['12345678', 'hunter-22']);
  const document = { 'hunter-22': ['a', 'is hunter-22'], count: 12345678n, deep: { ratio: 0.5, none: null } };
  expect(mask.json(document)).toEqual({ '***': ['a', 'is ***'], count: '***', deep: { ratio: 0.5, none: null } });
});

it('never shows a secret, however the text is cut', () => {
  const letters = fc.stringMatching(/^[abc]{4,6}$/);
  const text = fc.stringMatching(/^[abc]{0,40}$/);
  fc.assert(
    fc.property(
      fc.array(letters, { minLength: 1, maxLength: 3 }),
      text,
      fc.integer({ min: 1, max: 7 }),
      (all, said, size) => {
        const result = shown(all, inPieces(said, size));
        expect(all.some((secret) => result.includes(secret))).toBe(false);
        expect(result).toBe(new Mask(all).text(said));
      },
    ),
    { numRuns: 2_000 },
  );
});
