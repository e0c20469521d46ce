import { decodeExactJson, decodeParamDefinitions } from '@maestro/wire';
import { readOutputDocument } from './output-document.js';

const read = (text: string) => readOutputDocument(new TextEncoder().encode(text));

it('plain values get the type that they show', () => {
  const { outputParamsJson } = read('{"params": {"n": 9007199254740993, "d": 1.5, "s": "x", "b": true, "l": [1, 2]}}');
  expect(decodeParamDefinitions(outputParamsJson ?? new Uint8Array())).toEqual({
    n: { type: 'LONG', value: 9_007_199_254_740_993n },
    d: { type: 'DOUBLE', value: '1.5' },
    s: { type: 'STRING', value: 'x' },
    b: { type: 'BOOLEAN', value: true },
    l: { type: 'LONG_ARRAY', value: [1n, 2n] },
  });
});

it('definitions are read as in a workflow', () => {
  const { outputParamsJson } = read('{"params": {"m": {"type": "string_map", "value": {"a": "b"}}}}');
  expect(decodeParamDefinitions(outputParamsJson ?? new Uint8Array())).toEqual({
    m: { type: 'STRING_MAP', value: { a: 'b' } },
  });
});

it('artifacts are passed on exactly', () => {
  const { artifactsJson } = read('{"artifacts": {"maestro_retry": {"type": "RETRY", "retryable": false}}}');
  expect(decodeExactJson(artifactsJson ?? new Uint8Array())).toEqual({
    maestro_retry: { type: 'RETRY', retryable: false },
  });
});

it('a document without either says nothing', () => {
  expect(read('{}')).toEqual({});
});

it.each([
  ['[]', 'JSON object'],
  ['{"params": 1}', '"params"'],
  ['{"params": {"x": null}}', '"x"'],
  ['{"params": {"x": {"value": 1}}}', 'x'],
  ['{"params": {"x": {"type": "LONG", "value": "seven"}}}', 'x'],
  ['{"params": ', 'JSON'],
])('%s is refused with its place', (text, said) => {
  expect(() => read(text)).toThrow(said);
});
