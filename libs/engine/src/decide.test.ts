import type { LeafStep, Workflow } from '@maestro/domain';
import { createCompiler, PRESETS } from '@maestro/sel';
import { stepType } from '@maestro/steps';
import { applyChange, compilePlan, createRun, decide, emptyState } from './index.js';

test('a chain of 100 NoOp steps is one decision', () => {
  const steps: LeafStep[] = Array.from({ length: 100 }, (_, at) => ({
    kind: 'step',
    id: `s${at}`,
    type: 'NoOp',
    ...(at < 99 ? { transition: { successors: { [`s${at + 1}`]: 'true' } } } : {}),
  }));
  const workflow: Workflow = { id: 'chain', steps };
  const compiler = createCompiler({ cacheSize: 100 });
  const plan = compilePlan({ workflowKey: 1n, version: 1n, workflow, compiler, stepType });
  const created = createRun(
    plan,
    {
      runKey: 5n,
      instanceId: 1n,
      runId: 1n,
      tenant: 'default',
      at: 1000,
      start: { initiator: { type: 'MANUAL' }, requestId: 'r' },
    },
    PRESETS.IN_PLACE,
  );
  if (created.kind !== 'created') throw new Error(created.kind);
  const state = emptyState(created.header);
  const decision = decide(plan, state, [{ type: 'run-launched', at: 1001 }]);
  expect(decision.commands).toEqual([{ type: 'finish-run', status: 'SUCCEEDED' }]);
  expect(decision.change?.header.counts).toEqual({ SUCCEEDED: 100 });
  if (decision.change) expect(applyChange(state, decision.change, plan).header.open).toBe(0);
});
