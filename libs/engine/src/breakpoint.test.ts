import { breakpointAt, type Breakpoint } from './breakpoint.js';
import type { Plan } from './plan.js';
import type { RunHeader } from './state.js';

const set = (stepId: string, of: Partial<Breakpoint> = {}): Breakpoint => ({
  stepId,
  ...of,
  createdBy: 'ann',
  createTime: 5,
});
const run = { version: 3n, instanceId: 7n, runId: 2n, initiator: { type: 'MANUAL', user: { name: 'bob' } } };
const inLoops = {
  ...run,
  instanceId: 1n,
  runId: 1n,
  body: ['outer', 'inner'],
  initiator: {
    type: 'FOREACH',
    ancestors: [
      { workflowId: 'above', instanceId: 9n, runId: 9n, stepId: 'sub', stepAttemptId: 1 },
      { workflowId: 'w', instanceId: 7n, runId: 2n, stepId: 'outer', stepAttemptId: 1 },
      { workflowId: 'maestro_foreach_x', instanceId: 4n, runId: 1n, stepId: 'inner', stepAttemptId: 1 },
    ],
    depth: 3,
  },
};
const stops = (breakpoint: Breakpoint, header: object = run, body: readonly string[] = []): boolean =>
  breakpointAt([breakpoint], { body } as unknown as Plan, header as RunHeader, 'load') !== undefined;

test.each([
  ['all runs', set('load'), true],
  ['another step', set('save'), false],
  ['its version', set('load', { version: 3n }), true],
  ['another version', set('load', { version: 2n }), false],
  ['its instance', set('load', { instanceId: 7n }), true],
  ['another instance', set('load', { instanceId: 8n }), false],
  ['its run', set('load', { instanceId: 7n, runId: 2n }), true],
  ['another run of its instance', set('load', { instanceId: 7n, runId: 1n }), false],
])('a breakpoint of %s', (_, breakpoint, expected) => expect(stops(breakpoint)).toBe(expected));

test('a step inside of loops is named by its id or its path, and belongs to the run that the loops lie in', () => {
  const body = ['outer', 'inner'];
  expect(stops(set('load'), inLoops, body)).toBe(true);
  expect(stops(set('outer/inner/load', { instanceId: 7n, runId: 2n }), inLoops, body)).toBe(true);
  expect(stops(set('inner/load'), inLoops, body)).toBe(false);
  expect(stops(set('load', { instanceId: 1n }), inLoops, body)).toBe(false);
});
