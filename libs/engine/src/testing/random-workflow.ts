import { FAILURE_MODES, type Step, type Workflow } from '@maestro/domain';
import fc from 'fast-check';

/** Conditions that hold, do not, need params, cannot be evaluated, and need more than fits a decision. */
const CONDITIONS = [
  'true',
  'true',
  'true',
  'false',
  'n > 2',
  'n < 2',
  'nowhere > 1',
  'v = 0; while (v < 12000) v += 1; v > 3',
];

const stepShape = fc.record({
  type: fc.constantFrom('NoOp', 'Echo', 'Container', 'Sleep', 'template'),
  failureMode: fc.constantFrom(...FAILURE_MODES),
  limit: fc.nat(2),
  backoff: fc.nat(3),
  timeout: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
  param: fc.constantFrom('n + 1', 'v = 0; while (v < 12000) v += 1; v', 'nowhere'),
  /** For each earlier step: the condition of an edge from it, or none. */
  from: fc.array(fc.option(fc.constantFrom(...CONDITIONS), { nil: undefined }), { minLength: 7, maxLength: 7 }),
});

/** randomWorkflow gives small graphs of all step types, failure modes and kinds of conditions. */
export const randomWorkflow: fc.Arbitrary<Workflow> = fc
  .array(stepShape, { minLength: 1, maxLength: 7 })
  .map((shapes): Workflow => {
    const steps = shapes.map((shape, at): Step => {
      const successors = shapes.flatMap((later, to) => {
        const condition = to > at ? later.from[at] : undefined;
        return condition === undefined ? [] : [[`s${to}`, condition] as const];
      });
      return stepOf(`s${at}`, shape, Object.fromEntries(successors));
    });
    return { id: 'random', timeout: '10 min', params: { n: { type: 'LONG', value: 3n } }, steps };
  });

type Shape = typeof stepShape extends fc.Arbitrary<infer T> ? T : never;

function stepOf(id: string, shape: Shape, successors: Record<string, string>): Step {
  const { failureMode, limit, backoff, timeout, type } = shape;
  const common = {
    id,
    failureMode,
    transition: { successors },
    ...(timeout === undefined ? {} : { timeout: `${timeout}` }),
  };
  if (type === 'template') return { ...common, kind: 'template' };
  const limits = {
    errorRetryLimit: BigInt(limit),
    platformRetryLimit: BigInt(limit),
    timeoutRetryLimit: BigInt(limit),
  };
  const wait = BigInt(backoff);
  const waits = { errorRetryBackoffInSecs: wait, platformRetryBackoffInSecs: wait, timeoutRetryBackoffInSecs: wait };
  const params =
    type === 'Sleep'
      ? { sleep_seconds: { type: 'LONG', value: wait } as const }
      : { x: { type: 'LONG', expression: shape.param } as const };
  return {
    ...common,
    kind: 'step',
    type,
    retryPolicy: { ...limits, backoff: { type: 'FIXED_BACKOFF', ...waits } },
    ...(type === 'NoOp' ? {} : { params }),
  };
}
