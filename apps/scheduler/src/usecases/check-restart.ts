import { MaestroError, type FieldViolation } from '@maestro/domain';
import type { RunWithPlan } from './read-run.js';
import type { InstanceRestart } from './restart-instance.js';
import { parentOf } from './restart-upwards.js';

/**
 * checkRestart refuses at once what the run that restarts in the end, perhaps several levels below the one that is answered with, could
 * only fail for. Throws INVALID_REQUEST.
 */
export function checkRestart({ run: { header }, plan }: RunWithPlan, request: InstanceRestart): void {
  const violations: FieldViolation[] = [];
  if (header.body !== undefined && Object.keys(request.params).length > 0) {
    const message =
      'are those of the loop for an iteration: restart the step of the loop with others, or give params to steps';
    violations.push({ path: 'run_params', message });
  }
  if (request.version !== undefined && parentOf(header) !== undefined) {
    const message = `is only for instances that no step started: ${header.workflowId} goes on with version ${plan.version}`;
    violations.push({ path: 'version', message });
  }
  if (request.version === undefined) violations.push(...unknownSteps(plan.ordinals, request));
  if (violations.length === 0) return;
  const said = violations.map(({ path, message }) => `${path} ${message}`).join('; ');
  throw new MaestroError('INVALID_REQUEST', `The restart is not possible so: ${said}.`, { violations });
}

function unknownSteps(known: ReadonlyMap<string, number>, request: InstanceRestart): FieldViolation[] {
  const message = 'names a step that the workflow does not have';
  const params = Object.keys(request.stepParams).map((id) => [id, `step_run_params.${id}`] as const);
  const skipped = request.skipSteps.map((id, index) => [id, `skip_steps[${String(index)}]`] as const);
  return [...params, ...skipped].filter(([id]) => !known.has(id)).map(([, path]) => ({ path, message }));
}
