import { MaestroError, type ParamDefinitions } from '@maestro/domain';
import { cleanParams } from './index.js';

describe('cleanParams', () => {
  it('drops optional params without a value, and optional maps that end up empty', () => {
    const definitions: ParamDefinitions = {
      kept: { type: 'LONG', value: 1n, internalMode: 'OPTIONAL' },
      dropped: { type: 'LONG', internalMode: 'OPTIONAL' },
      emptied: {
        type: 'MAP',
        internalMode: 'OPTIONAL',
        value: { inner: { type: 'STRING', internalMode: 'OPTIONAL' } },
      },
      map: { type: 'MAP', internalMode: 'REQUIRED', value: { inner: { type: 'STRING', internalMode: 'OPTIONAL' } } },
    };
    expect(cleanParams(definitions)).toEqual({ kept: { type: 'LONG', value: 1n }, map: { type: 'MAP', value: {} } });
  });

  it('lists every missing param, inside of maps too', () => {
    const definitions: ParamDefinitions = {
      a: { type: 'LONG', internalMode: 'REQUIRED' },
      b: { type: 'MAP', value: { url: { type: 'STRING', internalMode: 'REQUIRED' }, n: { type: 'LONG', value: 0n } } },
      c: { type: 'STRING' },
    };
    const clean = (): ParamDefinitions => cleanParams(definitions);
    expect(clean).toThrow(MaestroError);
    try {
      clean();
    } catch (error) {
      expect((error as MaestroError).violations.map(({ path }) => path)).toEqual([
        'params.a',
        'params.b.url',
        'params.c',
      ]);
    }
  });

  it('accepts an expression as a value', () => {
    expect(cleanParams({ a: { type: 'LONG', expression: '1', internalMode: 'REQUIRED' } })).toEqual({
      a: { type: 'LONG', expression: '1' },
    });
  });
});
