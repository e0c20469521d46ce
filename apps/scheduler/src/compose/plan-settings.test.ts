import { DEFAULT_SETTINGS } from '@maestro/engine';
import { planSettings } from './plan-settings.js';

describe('planSettings', () => {
  it('are the defaults when nothing is configured', () => {
    const settings = planSettings({ defaultParams: undefined, executionEnvironment: 'test', loopIterations: 7 });
    expect(settings).toEqual({ ...DEFAULT_SETTINGS, loopIterations: 7 });
  });

  it('put configured params over the default ones', () => {
    const defaultParams =
      '{"workflow":{"DSL_DEFAULT_TZ":{"type":"STRING","value":"Asia/Tokyo"},"n":{"type":"LONG","value":9007199254740993}}}';
    const { defaults, executionEnvironment } = planSettings({
      defaultParams,
      executionEnvironment: 'prod',
      loopIterations: 7,
    });
    expect(executionEnvironment).toBe('prod');
    expect(defaults.workflow['DSL_DEFAULT_TZ']).toMatchObject({ value: 'Asia/Tokyo', mode: 'MUTABLE_ON_START' });
    expect(defaults.workflow['n']).toMatchObject({ value: 9_007_199_254_740_993n });
  });
});
