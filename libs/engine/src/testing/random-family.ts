import type { LeafStep, Step, SubworkflowStep, Workflow } from '@maestro/domain';
import fc from 'fast-check';

const leaf = (id: string): fc.Arbitrary<LeafStep> =>
  fc.constantFrom('NoOp', 'Echo', 'Echo').map((type) => ({
    kind: 'step',
    id,
    type,
    retryPolicy: { errorRetryLimit: 0n, platformRetryLimit: 1n },
    params: { i: { type: 'LONG', expression: 'i + 1', mode: 'MUTABLE' } },
  }));

const FAILURE_MODE = fc.constantFrom('FAIL_AFTER_RUNNING', 'FAIL_IMMEDIATELY', 'IGNORE_FAILURE' as const);

const subworkflow = (id: string): fc.Arbitrary<SubworkflowStep> =>
  fc.record({ sync: fc.boolean(), failureMode: FAILURE_MODE }).map((shape) => ({
    kind: 'subworkflow',
    id,
    ...shape,
    params: { subworkflow_id: { type: 'STRING', value: 'child' } },
  }));

const foreach = (id: string, depth: number): fc.Arbitrary<Step> =>
  fc
    .record({
      steps: body(id, depth - 1),
      length: fc.nat(4),
      concurrency: fc.integer({ min: 1, max: 3 }),
      strictOrdering: fc.boolean(),
      failureMode: FAILURE_MODE,
    })
    .map(({ length, ...shape }) => {
      const values = Array.from({ length }, (_, index) => BigInt(index));
      const loop = { [`n_${id}`]: { type: 'LONG_ARRAY', value: values } } as const;
      return { kind: 'foreach', id, ...shape, params: { loop_params: { type: 'MAP', value: loop } } };
    });

const whileLoop = (id: string, depth: number): fc.Arbitrary<Step> =>
  fc.record({ steps: body(id, depth - 1), limit: fc.nat(4), failureMode: FAILURE_MODE }).map(({ limit, ...shape }) => ({
    kind: 'while',
    id,
    ...shape,
    condition: `loop_index < ${limit}`,
    params: { loop_params: { type: 'MAP', value: { i: { type: 'LONG', value: 0n } } } },
  }));

/** One to three steps, one behind the other or side by side. */
function body(path: string, depth: number): fc.Arbitrary<Step[]> {
  const step = (id: string): fc.Arbitrary<Step> =>
    depth <= 0 ? leaf(id) : fc.oneof(leaf(id), subworkflow(id), foreach(id, depth), whileLoop(id, depth));
  const names = [`${path}a`, `${path}b`, `${path}c`];
  const three = fc.tuple(...names.map(step));
  return fc.tuple(three, fc.integer({ min: 1, max: 3 }), fc.boolean()).map(([steps, count, chained]) => {
    const kept = steps.slice(0, count);
    return kept.map((each, at): Step => {
      const next = kept[at + 1]?.id;
      return chained && next !== undefined ? { ...each, transition: { successors: { [next]: 'true' } } } : each;
    });
  });
}

/** randomFamily gives workflows of loops and subworkflows inside each other, two levels deep. */
export const randomFamily: fc.Arbitrary<Workflow> = body('', 2).map((steps) => ({
  id: 'root',
  params: { i: { type: 'LONG', value: 0n } },
  steps,
}));

/** CHILD is the workflow that all subworkflow steps start. */
export const CHILD: Workflow = {
  id: 'child',
  params: { i: { type: 'LONG', value: 0n } },
  steps: [{ kind: 'step', id: 'work', type: 'Echo', retryPolicy: { errorRetryLimit: 0n, platformRetryLimit: 1n } }],
};
