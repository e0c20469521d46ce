import { RUN_STRATEGY_RULES, type RunStrategy, type RunStrategyRule } from '@maestro/domain';
import { admissible, checkSwitch, decideStart } from './admission.js';
import type { QueueCounts } from './queue.js';

const counts = (running: number, queued: number, blockingFailed = 0): QueueCounts => ({
  running,
  queued,
  blockingFailed,
});
const strategy = (rule: RunStrategyRule, workflowConcurrency = 1): RunStrategy => ({ rule, workflowConcurrency });

type Row = [rule: RunStrategyRule, counts: QueueCounts, expected: string];
const starts: Row[] = [
  ['SEQUENTIAL', counts(0, 0), 'LAUNCH'],
  ['SEQUENTIAL', counts(1, 0), 'QUEUE'],
  ['SEQUENTIAL', counts(0, 1), 'QUEUE'],
  ['SEQUENTIAL', counts(0, 0, 3), 'LAUNCH'],
  ['STRICT_SEQUENTIAL', counts(0, 0), 'LAUNCH'],
  ['STRICT_SEQUENTIAL', counts(1, 0), 'QUEUE'],
  ['STRICT_SEQUENTIAL', counts(0, 0, 1), 'QUEUE'],
  ['FIRST_ONLY', counts(0, 0), 'LAUNCH'],
  ['FIRST_ONLY', counts(1, 0), 'STOPPED'],
  ['FIRST_ONLY', counts(0, 1), 'STOPPED'],
  ['LAST_ONLY', counts(0, 0), 'LAUNCH'],
  ['LAST_ONLY', counts(1, 0), 'QUEUE, stop running'],
  ['LAST_ONLY', counts(1, 1), 'QUEUE, stop queued, stop running'],
  ['LAST_ONLY', counts(0, 1), 'LAUNCH, stop queued'],
  ['PARALLEL', counts(2, 0), 'LAUNCH'],
  ['PARALLEL', counts(3, 0), 'QUEUE'],
  ['PARALLEL', counts(1, 1), 'LAUNCH'],
  ['PARALLEL', counts(1, 2), 'QUEUE'],
  ['SERIAL_LATEST_ONLY', counts(0, 0), 'LAUNCH'],
  ['SERIAL_LATEST_ONLY', counts(1, 0), 'QUEUE'],
  ['SERIAL_LATEST_ONLY', counts(1, 4), 'QUEUE, stop queued'],
  ['SERIAL_LATEST_ONLY', counts(0, 2), 'LAUNCH, stop queued'],
];

describe('a new instance', () => {
  test.each(starts)('under %s with %j enters as %s', (rule, at, expected) => {
    expect(startText(strategy(rule, 3), at)).toBe(expected);
  });

  test.each(RUN_STRATEGY_RULES)('under %s waits while the workflow is paused', (rule) => {
    expect(decideStart(strategy(rule, 3), { ...counts(0, 0), paused: true }).insert).toBe('QUEUE');
  });

  test.each(RUN_STRATEGY_RULES)('under %s never runs in a workflow that is closed, and stops nobody', (rule) => {
    expect(startText(strategy(rule, 3), { ...counts(1, 1), closed: true })).toBe('STOPPED');
  });
});

describe('waiting instances', () => {
  const finishes: [RunStrategyRule, QueueCounts, number][] = [
    ['SEQUENTIAL', counts(0, 5), 1],
    ['SEQUENTIAL', counts(1, 5), 0],
    ['SEQUENTIAL', counts(0, 0), 0],
    ['SEQUENTIAL', counts(4, 5), 0],
    ['STRICT_SEQUENTIAL', counts(0, 5), 1],
    ['STRICT_SEQUENTIAL', counts(0, 5, 1), 0],
    ['FIRST_ONLY', counts(0, 1), 1],
    ['FIRST_ONLY', counts(1, 1), 0],
    ['LAST_ONLY', counts(0, 1), 1],
    ['LAST_ONLY', counts(1, 1), 0],
    ['PARALLEL', counts(1, 5), 2],
    ['PARALLEL', counts(1, 1), 1],
    ['PARALLEL', counts(9, 5), 0],
    ['SERIAL_LATEST_ONLY', counts(0, 1), 1],
    ['SERIAL_LATEST_ONLY', counts(1, 1), 0],
  ];
  test.each(finishes)('under %s with %j: %d may be launched', (rule, at, expected) => {
    expect(admissible(strategy(rule, 3), at)).toBe(expected);
  });

  test('are not launched while the workflow is paused or closed', () => {
    expect(admissible(strategy('PARALLEL', 3), { ...counts(0, 2), paused: true })).toBe(0);
    expect(admissible(strategy('PARALLEL', 3), { ...counts(0, 2), closed: true })).toBe(0);
  });
});

describe('a change of strategy', () => {
  const refused: [RunStrategyRule, QueueCounts, RegExp][] = [
    ['FIRST_ONLY', counts(1, 1), /2 instances have not ended/],
    ['LAST_ONLY', counts(0, 2), /2 instances have not ended/],
    ['STRICT_SEQUENTIAL', counts(0, 0, 2), /2 failed runs would block/],
    ['STRICT_SEQUENTIAL', counts(2, 0), /2 instances are running/],
  ];
  test.each(refused)('to %s with %j is refused', (rule, at, message) => {
    expect(checkSwitch(strategy('PARALLEL', 3), strategy(rule), at)).toMatch(message);
  });

  const allowed: [RunStrategyRule, QueueCounts][] = [
    ['FIRST_ONLY', counts(1, 0, 4)],
    ['LAST_ONLY', counts(0, 1)],
    ['STRICT_SEQUENTIAL', counts(1, 7)],
    ['SEQUENTIAL', counts(9, 9, 9)],
    ['SERIAL_LATEST_ONLY', counts(9, 9, 9)],
  ];
  test.each(allowed)('to %s with %j is allowed', (rule, at) => {
    expect(checkSwitch(strategy('PARALLEL', 3), strategy(rule), at)).toBeUndefined();
  });

  test('that keeps the rule is always allowed', () => {
    expect(checkSwitch(strategy('LAST_ONLY'), strategy('LAST_ONLY'), counts(1, 1))).toBeUndefined();
  });
});

function startText(run: RunStrategy, at: QueueCounts): string {
  const { insert, stopQueued, stopRunning } = decideStart(run, at);
  return [insert, ...(stopQueued ? ['stop queued'] : []), ...(stopRunning ? ['stop running'] : [])].join(', ');
}
