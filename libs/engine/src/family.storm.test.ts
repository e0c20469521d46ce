import { isCompleteStep, isTerminalInstance, type StepStatus } from '@maestro/domain';
import fc from 'fast-check';
import { leavesOf } from './loop/rollup.js';
import type { LeafCounts } from './state.js';
import { randomFamily } from './testing/random-family.js';
import { SimulatedFamily } from './testing/simulated-family.js';

const RUNS = 200;

/** One thing that happens: which of several is chosen by the number, so that every sequence of numbers is a history. */
type Happening = 'deliver' | 'deliver-twice' | 'answer' | 'lose' | 'end' | 'fail' | 'tick' | 'stop';

const happenings = fc.array(
  fc.tuple(
    fc.constantFrom<Happening>(
      'deliver',
      'deliver',
      'deliver-twice',
      'answer',
      'lose',
      'end',
      'end',
      'fail',
      'tick',
      'stop',
    ),
    fc.nat(1_000),
  ),
  { maxLength: 80 },
);

test('runs that start each other all end, whatever is repeated, reordered or lost, and their roll-ups are the sum of their parts', () => {
  fc.assert(
    fc.property(randomFamily, happenings, (workflow, history) => {
      const family = new SimulatedFamily(workflow);
      for (const [what, number] of history) happen(family, what, number);
      drain(family);
      expect(family.open()).toEqual([]);
      checkFamily(family);
    }),
    { numRuns: RUNS },
  );
}, 120_000);

test('a family that is left alone ends by itself, and succeeds when nothing fails', () => {
  fc.assert(
    fc.property(randomFamily, (workflow) => {
      const family = new SimulatedFamily(workflow);
      drain(family);
      expect(family.root.state.header.status).toBe('SUCCEEDED');
      checkFamily(family);
    }),
    { numRuns: RUNS },
  );
}, 120_000);

function happen(family: SimulatedFamily, what: Happening, number: number): void {
  family.at += number % 3;
  switch (what) {
    case 'deliver':
      return deliver(family, number, false);
    case 'deliver-twice':
      return deliver(family, number, true);
    case 'answer':
      return answer(family, number);
    case 'lose':
      return void family.asked.splice(number % (family.asked.length + 1), 1);
    case 'end':
      return family.endExecution(number % (family.executing.length + 1), 'DONE');
    case 'fail':
      return family.endExecution(
        number % (family.executing.length + 1),
        number % 2 === 0 ? 'USER_ERROR' : 'PLATFORM_ERROR',
      );
    case 'tick':
      return tick(family);
    case 'stop':
      return stop(family, number);
  }
}

function deliver(family: SimulatedFamily, number: number, twice: boolean): void {
  const index = number % (family.inbox.length + 1);
  const message = family.inbox[index];
  if (!message) return;
  if (!twice) family.inbox.splice(index, 1);
  family.decide(message.to, { ...message.event, at: family.at });
}

function answer(family: SimulatedFamily, number: number): void {
  const [ask] = family.asked.splice(number % (family.asked.length + 1), 1);
  if (!ask) return;
  if (ask.command.type === 'start-child') family.answer(ask.runKey, ask.command);
  else family.decide(ask.runKey, { type: 'continued', at: family.at });
}

/** Time goes on to the next timer of any run. */
function tick(family: SimulatedFamily): void {
  const due = family.open().map((key) => ({ key, at: family.member(key).wakeAt ?? Infinity }));
  const [next] = due.sort((left, right) => left.at - right.at);
  if (!next || next.at === Infinity) return;
  family.at = Math.max(family.at, next.at);
  family.decide(next.key, { type: 'timer-fired', at: family.at });
}

/** Rarely, as it ends so much. */
function stop(family: SimulatedFamily, number: number): void {
  const open = family.open();
  const key = open[number % open.length];
  if (key !== undefined && number % 4 === 0)
    family.decide(key, { type: 'stop-requested', at: family.at, by: 'ann', reason: 'storm' });
}

/** Everything that was left is delivered, executions end, timers fire, until nothing happens any more. */
function drain(family: SimulatedFamily): void {
  for (let left = 20_000; left > 0; left -= 1) {
    if (family.inbox.length > 0) deliver(family, 0, false);
    else if (family.asked.length > 0) answer(family, 0);
    else if (family.executing.length > 0) family.endExecution(0, 'DONE');
    else if (family.open().length > 0) tick(family);
    else return;
  }
}

function checkFamily(family: SimulatedFamily): void {
  for (const { plan, state } of family.members.values()) {
    for (const step of state.steps.values()) {
      if (step.loop) expect([step.loop.running, sum(step.loop.ended)]).toEqual([[], step.loop.next]);
      const whole = plan.steps[step.ordinal]?.runs === 'foreach' && step.status === 'SUCCEEDED';
      if (whole) expect(step.loop?.next).toBe(step.loop?.total);
    }
    if (state.header.status === 'SUCCEEDED') {
      expect([...state.steps.values()].filter(({ status }) => !isCompleteStep(status))).toEqual([]);
    }
    expect(leavesOf(state.header.counts, plan, (ordinal) => state.steps.get(ordinal))).toEqual(
      counted(family, state.header.runKey),
    );
  }
}

const sum = (counts: Readonly<Record<string, number | undefined>>): number =>
  Object.values(counts).reduce<number>((total, count) => total + (count ?? 0), 0);

/** The leaf steps of a run and of all that was started below it and waited for, counted one by one. */
function counted(family: SimulatedFamily, runKey: bigint): LeafCounts {
  const total: Partial<Record<StepStatus, number>> = {};
  const add = (status: StepStatus): void => void (total[status] = (total[status] ?? 0) + 1);
  const count = (key: bigint): void => {
    const { state } = family.member(key);
    for (const step of state.steps.values()) {
      const below = [...family.members.values()].filter(({ state: { header } }) => {
        const { parent } = header;
        return parent?.runKey === key && parent.ordinal === step.ordinal && parent.attempt === step.attempt;
      });
      const leaves = below.filter(({ state: { steps } }) => steps.size > 0);
      if (leaves.length === 0) add(step.status);
      else
        for (const {
          state: { header },
        } of leaves)
          count(header.runKey);
    }
  };
  count(runKey);
  expect(isTerminalInstance(family.member(runKey).state.header.status)).toBe(true);
  return total;
}
