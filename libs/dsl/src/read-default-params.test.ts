import { MaestroError } from '@maestro/domain';
import { readDefaultParams } from './index.js';

describe('readDefaultParams', () => {
  it('reads params of workflows, steps, dry runs and types', () => {
    const text = { type: 'STRING', value: 'x' };
    expect(
      readDefaultParams({ workflow: { a: text }, 'dry-run': { b: text }, by_type: { Shell: { c: text } } }),
    ).toEqual({
      workflow: { a: text },
      dryRun: { b: text },
      byType: { Shell: { c: text } },
    });
  });

  it.each([[[]], [{ workflows: {} }], [{ workflow: { a: 1 } }], [{ by_type: [] }]])('refuses %j', (json) => {
    expect(() => readDefaultParams(json)).toThrow(MaestroError);
  });
});
