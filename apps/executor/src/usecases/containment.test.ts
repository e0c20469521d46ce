import type { Runtime, RuntimeContext, RuntimeResult } from '../runtimes/runtime.js';
import { RecordingContext, taskWith } from '../testing/runtime-context.js';
import { Containment } from './containment.js';

/** Stands for `process.on('uncaughtException')`, which is called in the context of the error too. */
function setUp(act: (context: RuntimeContext, caught: (error: unknown) => void) => Promise<RuntimeResult>) {
  const containment = new Containment();
  const seen: boolean[] = [];
  const caught = (error: unknown): void => void seen.push(containment.caught(error));
  const runtime: Runtime = { type: 'Broken', takesSlot: true, start: (_, context) => act(context, caught) };
  const start = (context = new RecordingContext()) => containment.around(runtime).start(taskWith('Echo', {}), context);
  return { containment, seen, start };
}

const never = (signal: AbortSignal): Promise<RuntimeResult> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve({ outcome: 'STOPPED' })));

it('an error that nobody caught fails its own attempt, which is told to stop, and no other', async () => {
  const breaks = setUp(({ signal }, caught) => {
    setTimeout(() => caught(new Error('in a timer')), 1);
    return never(signal);
  });
  const fine = setUp(async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return { outcome: 'DONE' };
  });
  expect(await Promise.all([breaks.start(), fine.start()])).toEqual([
    { outcome: 'PLATFORM_ERROR', message: 'the Broken runtime broke: in a timer' },
    { outcome: 'DONE' },
  ]);
  expect(breaks.seen).toEqual([true]);
});

it('two attempts of one runtime are told apart', async () => {
  const { start } = setUp((context, caught) => {
    if (context.attemptId === 'bad') setImmediate(() => caught(new Error('bad')));
    return context.attemptId === 'bad' ? never(context.signal) : Promise.resolve({ outcome: 'DONE' });
  });
  const outcomes = await Promise.all([start(new RecordingContext('good')), start(new RecordingContext('bad'))]);
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['DONE', 'PLATFORM_ERROR']);
});

it('a cancel reaches the runtime with its reason', async () => {
  const reasons: unknown[] = [];
  const { start } = setUp(({ signal }) => never(signal).finally(() => reasons.push(signal.reason)));
  const context = new RecordingContext();
  const result = start(context);
  context.abort('drained');
  expect(await result).toEqual({ outcome: 'STOPPED' });
  expect(reasons).toEqual(['drained']);
});

it('an error that belongs to no attempt is not taken', () => {
  expect(new Containment().caught(new Error('somewhere else'))).toBe(false);
});
