import { MARKING_SCRIPT } from './marks.js';
import { literal, step, text, then } from './runs.js';

/** Tags with a limit, and the limit: steps of several graphs ask for them, some for both. */
export const LIMITS: Readonly<Record<string, number>> = { 'chaos-narrow': 3, 'chaos-wide': 6 };

/** The workflow that other graphs call. */
export const CALLED = 'chaos-called';

/** MixedGraph is a workflow and what one run of it must come to, with all runs below it. */
export interface MixedGraph {
  readonly id: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly steps: readonly unknown[];
  /** Status of its runs. */
  readonly ends: 'SUCCEEDED' | 'FAILED';
  /** Iterations of loops at any depth; all of them succeed. */
  readonly iterations: number;
  /** Steps of the run and of its iterations by the status of their latest attempt. */
  readonly leaves: Readonly<Record<string, number>>;
  /** Runs of CALLED that it starts. */
  readonly calls: number;
}

/** What killed executors break is tried again, for as long as it takes. */
const PATIENT = {
  retry_policy: {
    error_retry_limit: 0,
    platform_retry_limit: 50,
    backoff: { type: 'FIXED_BACKOFF', error_retry_backoff_in_secs: 1, platform_retry_backoff_in_secs: 1 },
  },
};
const ONE_RETRY = { retry_policy: { ...PATIENT.retry_policy, error_retry_limit: 1 } };

const longs = (...value: number[]): unknown => ({ value, type: 'LONG_ARRAY' });
const echo = (id: string, ...next: string[]): unknown => step(id, 'Echo', { ...PATIENT, ...then(...next) });
const noOp = (id: string, ...next: string[]): unknown => step(id, 'NoOp', then(...next));
const script = (id: string, code: string, more: object): unknown =>
  step(id, 'Shell', { params: { script: literal(code) }, ...more });

function foreach(id: string, loop: Record<string, unknown>, steps: readonly unknown[]): unknown {
  return { foreach: { id, params: { loop_params: { value: loop, type: 'MAP' } }, concurrency: 2, steps } };
}

function call(id: string, ...next: string[]): unknown {
  return { subworkflow: { id, params: { subworkflow_id: text(CALLED) }, ...then(...next) } };
}

/** A step that marks what it does in a file, under limited tags. */
function marked(id: string, marks: string, tags: readonly string[], ...next: string[]): unknown {
  const params = { script: literal(MARKING_SCRIPT), marks: text(marks), under: text(tags.join(' ')) };
  return step(id, 'Shell', { ...PATIENT, params, tags, ...then(...next) });
}

/** One of two branches is not taken, and what both lead to is. */
function branches(marks: string): MixedGraph {
  const begin = step('begin', 'Echo', {
    ...PATIENT,
    transition: { successors: { taken: 'n > 1', left_out: 'n > 9', wide: 'true' } },
  });
  const steps = [
    begin,
    marked('taken', marks, ['chaos-narrow'], 'join'),
    echo('left_out', 'join'),
    noOp('wide', 'join'),
    echo('join'),
  ];
  const params = { n: { value: 5, type: 'LONG' } };
  const leaves = { SUCCEEDED: 4, UNSATISFIED: 1 };
  return { id: 'chaos-branches', params, steps, ends: 'SUCCEEDED', iterations: 0, leaves, calls: 0 };
}

function loops(marks: string): MixedGraph {
  const inner = foreach('inner', { b: longs(1, 2) }, [
    echo('leaf', 'limited'),
    marked('limited', marks, ['chaos-wide']),
  ]);
  const steps = [foreach('outer', { a: longs(1, 2) }, [inner, noOp('beside')])];
  const leaves = { SUCCEEDED: 1 + 2 * 2 + 4 * 2 };
  return { id: 'chaos-loops', steps, ends: 'SUCCEEDED', iterations: 6, leaves, calls: 0 };
}

function counting(): MixedGraph {
  const params = { loop_params: { value: { i: { value: 0, type: 'LONG' } }, type: 'MAP' } };
  const increment = step('increment', 'Echo', { ...PATIENT, params: { i: { expression: 'i + 1', type: 'LONG' } } });
  const steps = [
    { while: { id: 'count', condition: 'i < 4', params, steps: [increment], ...then('after') } },
    echo('after'),
  ];
  return { id: 'chaos-while', steps, ends: 'SUCCEEDED', iterations: 4, leaves: { SUCCEEDED: 6 }, calls: 0 };
}

function calling(): MixedGraph {
  const steps = [call('first', 'each'), { ...(foreach('each', { a: longs(1, 2) }, [call('second')]) as object) }];
  return { id: 'chaos-calling', steps, ends: 'SUCCEEDED', iterations: 2, leaves: { SUCCEEDED: 4 }, calls: 3 };
}

/** The first attempt of a step fails, the second does not. */
function retried(): MixedGraph {
  const steps = [script('flaky', 'test "$MAESTRO_ATTEMPT" -gt 1', { ...ONE_RETRY, ...then('after') }), echo('after')];
  return { id: 'chaos-retried', steps, ends: 'SUCCEEDED', iterations: 0, leaves: { SUCCEEDED: 2 }, calls: 0 };
}

function failing(): MixedGraph {
  const steps = [script('bad', 'exit 1', { ...PATIENT, ...then('never') }), echo('never'), echo('beside')];
  const leaves = { FATALLY_FAILED: 1, SUCCEEDED: 1 };
  return { id: 'chaos-failing', steps, ends: 'FAILED', iterations: 0, leaves, calls: 0 };
}

/** Steps that need two tags at once beside steps that need one of them. */
function permits(marks: string): MixedGraph {
  const [narrow, wide] = ['chaos-narrow', 'chaos-wide'];
  const steps = [
    marked('both', marks, [narrow, wide], 'after'),
    marked('narrow', marks, [narrow], 'after'),
    marked('wide', marks, [wide], 'after'),
    noOp('after'),
  ];
  return { id: 'chaos-permits', steps, ends: 'SUCCEEDED', iterations: 0, leaves: { SUCCEEDED: 4 }, calls: 0 };
}

/** calledGraph is the workflow that others call. */
export function calledGraph(): MixedGraph {
  const steps = [echo('one', 'two'), noOp('two', 'three'), echo('three')];
  return { id: CALLED, steps, ends: 'SUCCEEDED', iterations: 0, leaves: { SUCCEEDED: 3 }, calls: 0 };
}

/** mixedGraphs are the workflows whose runs are mixed; `marks` is the file in which their scripts tell what they do. */
export function mixedGraphs(marks: string): readonly MixedGraph[] {
  return [branches(marks), loops(marks), counting(), calling(), retried(), failing(), permits(marks)];
}
