import { controlFlowDefaults } from './control-flow-defaults.js';

describe('controlFlowDefaults', () => {
  it('are those of loops and subworkflows', () => {
    expect(Object.keys(controlFlowDefaults('foreach'))).toEqual(['loop_params', 'loop_index']);
    expect(controlFlowDefaults('foreach')).toMatchObject({
      loop_params: { type: 'MAP', internalMode: 'REQUIRED', mode: 'MUTABLE_ON_START', validator: '@NotEmpty' },
      loop_index: { type: 'LONG', value: -1n, internalMode: 'RESERVED' },
    });
    expect(controlFlowDefaults('while')).toMatchObject({
      condition: { type: 'BOOLEAN', value: false, internalMode: 'RESERVED' },
    });
    expect(controlFlowDefaults('subworkflow')).toMatchObject({
      subworkflow_id: { internalMode: 'REQUIRED', mode: 'MUTABLE_ON_START' },
      subworkflow_version: { value: 'active', internalMode: 'PROVIDED', mode: 'MUTABLE_ON_START' },
    });
  });

  it.each(['template', 'step', 'constructor'])('are none for %s', (kind) => {
    expect(controlFlowDefaults(kind)).toEqual({});
  });
});
