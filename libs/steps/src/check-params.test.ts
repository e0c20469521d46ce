import type { LeafStep, ParamDefinitions } from '@maestro/domain';
import { stepType } from './registry.js';

function problems(type: string, params: ParamDefinitions): readonly string[] {
  const step: LeafStep = { kind: 'step', id: 's', type, params };
  return (stepType(type)?.validate(step) ?? []).map(({ path, message }) => `${path} ${message}`);
}

it('a param of a type that cannot become the declared one is named with both types', () => {
  expect(problems('Sleep', { sleep_seconds: { type: 'BOOLEAN', value: true } })).toEqual([
    'params.sleep_seconds is a BOOLEAN, but this step type takes a LONG',
  ]);
});

it('text is accepted where a whole number is declared', () => {
  expect(problems('Sleep', { sleep_seconds: { type: 'STRING', value: '15' } })).toEqual([]);
});

it('a literal map is checked to its leaves', () => {
  expect(problems('Http', { http: { type: 'MAP', value: { headers: { type: 'STRING', value: 'x' } } } })).toEqual([
    'params.http.value.url is required: give a STRING as value or expression',
    'params.http.value.headers is a STRING, but this step type takes a STRING_MAP',
  ]);
});

it('params of the user that the type does not know are left alone', () => {
  expect(problems('NoOp', { anything: { type: 'LONG', value: 1n } })).toEqual([]);
});
