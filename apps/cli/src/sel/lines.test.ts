import { Lines, MAX_LINE_CHARS, TOO_LONG } from './lines.js';

const linesOf = (...pieces: string[]) => {
  const lines = new Lines();
  return [...pieces.flatMap((piece) => [...lines.add(piece)]), ...lines.end()];
};

describe('lines', () => {
  it('are found wherever the pieces are cut', () => {
    const text = 'one\n\ntwo\nthree';
    for (let at = 0; at <= text.length; at += 1) {
      expect(linesOf(text.slice(0, at), text.slice(at))).toEqual(['one', '', 'two', 'three']);
    }
  });

  it('are none where there is no text', () => {
    expect(linesOf('')).toEqual([]);
    expect(linesOf('a\n')).toEqual(['a']);
  });

  it('of any length do not stop those that follow', () => {
    const half = 'x'.repeat(MAX_LINE_CHARS / 2 + 1);
    expect(linesOf(half, half, 'x\nnext\n')).toEqual([TOO_LONG, 'next']);
  });
});
