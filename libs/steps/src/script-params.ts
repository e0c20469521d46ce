import type { FieldViolation, LeafStep, ParamDefinitions } from '@maestro/domain';
import { isGiven } from './check-params.js';
import type { StepType } from './step-type.js';

/** SCRIPT_PARAMS are what Shell and Python share: the code, where it is, and the process that runs it. */
export const SCRIPT_PARAMS: ParamDefinitions = {
  script: { type: 'STRING', internalMode: 'OPTIONAL' },
  file: { type: 'STRING', internalMode: 'OPTIONAL' },
  git_repo: { type: 'STRING', internalMode: 'OPTIONAL' },
  git_branch: { type: 'STRING', internalMode: 'OPTIONAL' },
  git_commit: { type: 'STRING', internalMode: 'OPTIONAL' },
  git_submodules: { type: 'BOOLEAN', internalMode: 'OPTIONAL' },
  args: { type: 'STRING_ARRAY', internalMode: 'OPTIONAL' },
  env: { type: 'STRING_MAP', internalMode: 'OPTIONAL' },
  working_dir: { type: 'STRING', internalMode: 'OPTIONAL' },
  exit_codes: { type: 'STRING_MAP', internalMode: 'OPTIONAL' },
  memory_mb: { type: 'LONG', internalMode: 'OPTIONAL' },
};

/** withScript is a step type whose steps name their code: as `script`, or as `file` of a repository. */
export function withScript(type: StepType): StepType {
  return { ...type, validate: (step) => [...type.validate(step), ...checkScript(step)] };
}

function checkScript({ params = {}, subType }: LeafStep): readonly FieldViolation[] {
  const given = (name: string): boolean => Object.hasOwn(params, name) && isGiven(params[name]);
  if (subType !== undefined) return [];
  if (!given('script') && !given('file')) {
    return [
      {
        path: 'params.script',
        message: 'is required, or "file" with "git_repo": give a STRING as value or expression',
      },
    ];
  }
  if (given('file') && !given('git_repo')) return [{ path: 'params.git_repo', message: 'is required with "file"' }];
  return [];
}
