import { readdirSync, statSync } from 'node:fs';
import { PARAM_TYPES, type LeafStep, type ParamDefinition, type ParamDefinitions } from '@maestro/domain';
import fc from 'fast-check';
import { STEP_TYPES, stepType } from './registry.js';

const anyParam: fc.Arbitrary<ParamDefinition> = fc.record(
  {
    type: fc.constantFrom(...PARAM_TYPES, 'MAP'),
    value: fc.oneof(fc.anything(), fc.constantFrom(null, { url: null }, { image: 1 })),
    expression: fc.string(),
  },
  { requiredKeys: ['type'] },
) as fc.Arbitrary<ParamDefinition>;

describe.each(STEP_TYPES.map((type) => [type.name, type] as const))('step type %s', (name, type) => {
  const leaf = (params: ParamDefinitions): LeafStep => ({ kind: 'step', id: 's', type: name, params });

  it('is found by its name in any case', () => {
    expect(stepType(name.toUpperCase())).toBe(type);
    expect(stepType(name.toLowerCase())).toBe(type);
  });

  it('says in a sentence what it does or what it waits for', () => {
    expect(type.doc).toMatch(/^[A-Z].{20,}\.$/);
  });

  it('writes only outputs that it declares', () => {
    for (const output of type.outputs) expect(type.defaultParams).toHaveProperty(output);
  });

  it('accepts its params given by expression', () => {
    const params = Object.fromEntries(
      Object.entries(type.defaultParams).map(([key, { type: paramType }]) => [
        key,
        { type: paramType, expression: 'x' },
      ]),
    ) as ParamDefinitions;
    expect(type.validate(leaf(params))).toEqual([]);
  });

  it('names every required param that is missing', () => {
    const required = Object.entries(type.defaultParams).filter(([, param]) => param.internalMode === 'REQUIRED');
    const named = type.validate(leaf({})).map(({ path }) => path);
    expect(named).toEqual(expect.arrayContaining(required.map(([key]) => `params.${key}`)));
    // A type may also want one of several.
    if (required.length > 0) expect(named).toHaveLength(required.length);
  });

  it('requires nothing within a map that is not required itself: its defaults alone are evaluated', () => {
    const maps = Object.values(type.defaultParams).filter((param) => param.internalMode !== 'REQUIRED');
    const inner = maps.flatMap((param) => (param.type === 'MAP' ? Object.values(param.value ?? {}) : []));
    expect(inner.filter(({ internalMode }) => internalMode === 'REQUIRED')).toEqual([]);
  });

  it('leaves what is required to the job template when the step names one', () => {
    expect(type.validate({ ...leaf({}), subType: 'team-default' })).toEqual([]);
  });

  it('never throws, whatever the params', () => {
    const names = fc.oneof(fc.constantFrom('', ...Object.keys(type.defaultParams)), fc.string());
    fc.assert(fc.property(fc.dictionary(names, anyParam), (params) => Array.isArray(type.validate(leaf(params)))));
  });
});

it('every folder is a registered step type and every step type has its folder', () => {
  const folders = readdirSync(__dirname).filter((entry) => statSync(`${__dirname}/${entry}`).isDirectory());
  expect(folders.map((folder) => folder.replace('-', '')).sort()).toEqual(
    STEP_TYPES.map((type) => type.name.toLowerCase()).sort(),
  );
});

it('an unknown name is no step type', () => {
  expect(stepType('join')).toBeUndefined();
});
