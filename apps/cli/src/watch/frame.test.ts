import { createColors } from 'picocolors';
import type { StepBody } from '../api/bodies.js';
import { frameLines, type FrameSettings } from './frame.js';
import { withUpdate, type RunState } from './run-state.js';

const NOW = 1_000_000;
const settings: FrameSettings = { now: NOW, columns: 80, rows: 24, tick: 0, colors: createColors(false) };

const key = { workflow_id: 'etl', workflow_instance_id: 3n, workflow_run_id: 1n };

function step(id: string, status: string, more: object = {}): StepBody {
  const start = status === 'NOT_CREATED' ? {} : { start_time: BigInt(NOW - 3_000) };
  return { ...key, step_id: id, step_attempt_id: 1n, runtime_state: { status, ...start }, ...more } as StepBody;
}

function state(steps: readonly StepBody[], dag: object = {}): RunState {
  const instance = { ...key, workflow_version_id: 2n, status: 'IN_PROGRESS', start_time: BigInt(NOW - 4_200) };
  return withUpdate(undefined, { instance: { ...instance, runtime_dag: dag } as never, steps })!;
}

describe('the picture of a run', () => {
  it('has the steps in the order of the graph, with status, time, attempt and message', () => {
    const failed = { step_attempt_id: 2n, timeline: [{ type: 'LOG', timestamp: 1n, message: '\nlocked by\nsomeone' }] };
    const run = state([step('join', 'NOT_CREATED'), step('read', 'RUNNING', failed), step('plan', 'SUCCEEDED')], {
      join: { predecessors: ['read'] },
      read: { predecessors: ['plan'] },
      plan: {},
    });
    expect(frameLines(run, settings)).toEqual([
      'etl/3 IN_PROGRESS run 1 · version 2 · 4.2s',
      ' ✔ plan  SUCCEEDED             3.0s',
      ' ⠋ read  RUNNING               3.0s      attempt 2 · locked by someone',
      ' · join  NOT_CREATED',
    ]);
  });

  it('says when a failed step is tried again', () => {
    const run = state([step('a', 'USER_FAILED', { step_retry: { next_attempt_time: BigInt(NOW + 5_000) } })]);
    expect(frameLines(run, settings)[1]).toContain('next attempt in 5.0s');
  });

  it('fits the terminal: what tells most stays, the rest is counted', () => {
    const steps = Array.from({ length: 100 }, (_, index) => step(`s${index}`, 'SUCCEEDED'));
    const long = { timeline: [{ type: 'LOG', timestamp: 1n, message: 'x'.repeat(500) }] };
    const run = state([...steps, step('broken', 'FATALLY_FAILED', long), step('busy', 'RUNNING', long)]);
    const lines = frameLines(run, { ...settings, rows: 8, lost: 'The gateway is away.' });
    expect(lines.slice(1)).toEqual([
      ' ✔ s0      SUCCEEDED             3.0s',
      ' ✔ s1      SUCCEEDED             3.0s',
      expect.stringMatching(/^ ✖ broken {2}FATALLY_FAILED {8}3.0s {6}x+…$/),
      expect.stringMatching(/^ ⠋ busy {4}RUNNING/),
      '  … 98 more steps: 98 SUCCEEDED',
      'The gateway is away. Trying to connect again...',
    ]);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(80);
  });
});

describe('the state of a run', () => {
  it('keeps what an update leaves out, and the place of each step', () => {
    const before = state([step('a', 'RUNNING'), step('b', 'NOT_CREATED')], { a: {}, b: { predecessors: ['a'] } });
    const after = withUpdate(before, { steps: [step('b', 'RUNNING')] })!;
    expect(after.steps.map((each) => [each.step_id, each.runtime_state?.status])).toEqual([
      ['a', 'RUNNING'],
      ['b', 'RUNNING'],
    ]);
    expect(after.instance).toEqual(before.instance);
  });
});
