import type { LeafStep, ParamDefinitions } from '@maestro/domain';
import { stepType } from './registry.js';

function problems(type: string, params: ParamDefinitions): readonly string[] {
  const step: LeafStep = { kind: 'step', id: 's', type, params };
  return (stepType(type)?.validate(step) ?? []).map(({ path, message }) => `${path} ${message}`);
}

const text = { type: 'STRING', value: 'x' } as const;

describe.each(['Shell', 'Python'])('%s', (type) => {
  it('needs its code', () => {
    expect(problems(type, {})).toEqual([
      'params.script is required, or "file" with "git_repo": give a STRING as value or expression',
    ]);
    expect(problems(type, { script: text })).toEqual([]);
  });

  it('finds a file only in a repository', () => {
    expect(problems(type, { file: text })).toEqual(['params.git_repo is required with "file"']);
    expect(problems(type, { file: text, git_repo: { type: 'STRING', expression: 'r' } })).toEqual([]);
  });
});
