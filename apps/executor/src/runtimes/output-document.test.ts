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

it('signals become the artifact of dynamic outputs', () => {
  const { artifactsJson } = read('{"signals": ["plain", {"name": "t", "params": {"n": 1}, "payload": {"rows": [1]}}]}');
  expect(decodeExactJson(artifactsJson ?? new Uint8Array())).toEqual({
    maestro_dynamic_output: {
      type: 'DYNAMIC_OUTPUT',
      signal_outputs: [{ name: 'plain' }, { name: 't', params: { n: 1n }, payload: { rows: [1n] } }],
    },
  });
});

it('a document without any says nothing', () => {
  expect(read('{}')).toEqual({});
});

it.each([
  ['[]', 'JSON object'],
  ['{"params": 1}', '"params"'],
  ['{"params": {"x": null}}', '"x"'],
  ['{"params": {"x": {"value": 1}}}', 'x'],
  ['{"params": {"x": {"type": "LONG", "value": "seven"}}}', 'x'],
  ['{"params": ', 'JSON'],
  ['{"signals": {}}', '"signals"'],
  ['{"signals": [{"params": {}}]}', '"signals[0].name"'],
  ['{"signals": ["a", {"name": "b", "params": {"x": [1]}}]}', '"signals[1].params.x"'],
  ['{"signals": [{"name": "b", "payload": 1}]}', '"signals[0].payload"'],
  ['{"signals": [{"name": "b", "paylod": {}}]}', '"signals[0].paylod"'],
  ['{"signals": ["a"], "artifacts": {"maestro_dynamic_output": {}}}', 'both'],
  [`{"params": {"x": "${'x'.repeat(1024 * 1024)}"}}`, 'longer than'],
])('%s is refused with its place', (text, said) => {
  expect(() => read(text)).toThrow(said);
});
