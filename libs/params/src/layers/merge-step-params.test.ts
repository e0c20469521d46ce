import { MaestroError, type ParamDefinition, type ParamDefinitions } from '@maestro/domain';
import { DEFAULT_PARAMS, mergeStepDefinition, mergeStepParams, type StepLayers } from '../index.js';

const long = (value: bigint): ParamDefinition => ({ type: 'LONG', value });
const NONE: ParamDefinitions = {};

function merge(layers: Partial<StepLayers>): ParamDefinitions {
  const launch = { initiator: 'MANUAL' } as const;
  return mergeStepParams({ defaults: DEFAULT_PARAMS.step, byType: NONE, definition: NONE, launch, ...layers });
}

describe('mergeStepParams', () => {
  it('puts the layers over each other in their order', () => {
    const layers: [keyof StepLayers, string][] = [
      ['byType', 'SYSTEM_DEFAULT'],
      ['template', 'TEMPLATE_SCHEMA'],
      ['injected', 'SYSTEM_INJECTED'],
      ['definition', 'DEFINITION'],
      ['runParams', 'LAUNCH'],
      ['restartParams', 'RESTART'],
      ['system', 'SYSTEM'],
    ];
    let given: Partial<StepLayers> = {};
    layers.forEach(([layer, source], index) => {
      given = { ...given, [layer]: { x: long(BigInt(index)) } };
      expect(merge(given)['x']).toMatchObject({ value: BigInt(index), source });
    });
  });

  it('puts params of the run that the step does not define before those that it does, so that these can read them', () => {
    const merged = merge({
      byType: { t: long(0n) },
      definition: { d: long(1n) },
      runParams: { d: long(2n), r: long(3n) },
      restartParams: { s: long(4n) },
    });
    expect(Object.keys(merged)).toEqual(['t', 'r', 's', 'd']);
    expect(merged['d']).toMatchObject({ value: 2n, source: 'LAUNCH' });
  });

  it('gives the params of a parent no leniency', () => {
    const fixed = { ...long(1n), mode: 'CONSTANT' } as const;
    const given = { x: { ...long(2n), source: 'LAUNCH' } } as const;
    const change = (): unknown =>
      merge({ definition: { x: fixed }, runParams: given, launch: { initiator: 'FOREACH' } });
    expect(change).toThrow(MaestroError);
  });

  it('keeps the params that every step has for the system', () => {
    expect(() => merge({ definition: { step_id: { type: 'STRING', value: 'x' } } })).toThrow(/step_id is reserved/);
    expect(() => merge({ runParams: { step_attempt_id: long(9n) } })).toThrow(/step_attempt_id is reserved/);
  });

  it('drops optional params without a value and names required ones', () => {
    const byType: ParamDefinitions = {
      url: { type: 'STRING', internalMode: 'REQUIRED' },
      body: { type: 'STRING', internalMode: 'OPTIONAL' },
    };
    expect(() => merge({ byType })).toThrow(/params.url is required/);
    expect(merge({ byType, definition: { url: { type: 'STRING', value: 'x' } } })).toEqual({
      url: { type: 'STRING', value: 'x', mode: 'MUTABLE', source: 'DEFINITION' },
    });
  });
});

describe('mergeStepDefinition', () => {
  it('is what is known before a run, not yet cleaned', () => {
    const byType: ParamDefinitions = { url: { type: 'STRING', internalMode: 'REQUIRED' } };
    const merged = mergeStepDefinition({ defaults: DEFAULT_PARAMS.step, byType, definition: { n: long(1n) } });
    expect(Object.keys(merged)).toEqual(['url', 'n']);
    expect(merged['url']).toMatchObject({ internalMode: 'REQUIRED', source: 'SYSTEM_DEFAULT' });
  });
});
