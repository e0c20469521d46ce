import fc from 'fast-check';
import { MAX_OUTPUT_BYTES } from './output-document.js';
import { OutputTokens, outputTokensOf, tokenVariables } from './output-tokens.js';

const S = '<<start>>';
const E = '<<end>>';

function documentOf(...chunks: readonly string[]): string | undefined {
  const tokens = new OutputTokens(S, E);
  for (const chunk of chunks) tokens.add(Buffer.from(chunk));
  const document = tokens.document();
  return document === undefined ? undefined : new TextDecoder().decode(document);
}

it.each([
  ['nothing', 'plain log', undefined],
  ['a document among lines', `a\n${S}{"params":{}}${E}\nb`, '{"params":{}}'],
  ['an empty one', `${S}${E}`, ''],
  ['the last of several', `${S}1${E} ${S}2${E}`, '2'],
  ['the last complete one', `${S}1${E} ${S}2`, '1'],
  ['from the last start before the end', `${S}half ${S}whole${E}`, 'whole'],
  ['no document before a start', `1${E}${S}2`, undefined],
  ['the first end after the start', `${S}1${E}2${E}`, '1'],
])('%s', (_, text, found) => {
  expect(documentOf(text)).toBe(found);
});

it('is the same however the stream is cut', () => {
  const piece = fc.constantFrom(S, E, 'x', '<', '<<', 's', '>>', '\n', `MAESTRO_OUTPUT_START=${S}`);
  const stream = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(stream, fc.array(fc.integer({ min: 1, max: 9 })), (text, sizes) => {
      expect(documentOf(...cut(text, sizes))).toBe(documentOf(text));
    }),
    { numRuns: 500 },
  );
});

it.each([`MAESTRO_OUTPUT_START=${S}\nX=1\nMAESTRO_OUTPUT_END=${E}`, `{'MAESTRO_OUTPUT_START': '${S}', '..': '${E}'}`])(
  'an environment that is printed is no document: %s',
  (printed) => {
    expect(documentOf(printed)).toBeUndefined();
    expect(documentOf(`${S}1${E}${printed}`)).toBe('1');
  },
);

it('a document without end is clipped behind the limit, where it is refused', () => {
  const tokens = new OutputTokens(S, E);
  tokens.add(Buffer.from(S));
  for (let kib = 0; kib < 4_096; kib++) tokens.add(Buffer.alloc(1_024, 'x'));
  tokens.add(Buffer.from(E));
  expect(tokens.document()?.length).toBe(MAX_OUTPUT_BYTES + 1);
});

it('tokens differ between attempts and are told by variables', () => {
  expect(outputTokensOf('77-0-1')).not.toEqual(outputTokensOf('77-0-2'));
  expect(tokenVariables({ start: S, end: E })).toEqual({ MAESTRO_OUTPUT_START: S, MAESTRO_OUTPUT_END: E });
});

function cut(text: string, sizes: readonly number[]): readonly string[] {
  const chunks: string[] = [];
  let at = 0;
  for (const size of sizes) {
    chunks.push(text.slice(at, at + size));
    at += size;
  }
  return [...chunks, text.slice(at)];
}
