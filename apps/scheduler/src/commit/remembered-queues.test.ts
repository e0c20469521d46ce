import type { QueueRow } from '../rows/queue-row.js';
import type { Batch } from './batch.js';
import { RememberedQueues } from './remembered-queues.js';
import type { StartWork } from './work.js';

const row = (over: Partial<QueueRow> = {}): QueueRow => ({
  workflowKey: 1n,
  workflowId: 'w',
  tenant: 'default',
  rule: 'PARALLEL',
  concurrency: 10,
  revision: 1n,
  activeVersion: 1n,
  nextInstance: 5n,
  running: 0,
  queued: 0,
  blockingFailed: 0,
  paused: false,
  closed: false,
  ...over,
});
const start = { input: { seed: { workflowKey: 1n }, request: { requestId: 'r' } } } as StartWork;
const batch: Batch = { id: 1n, at: 1, runs: [], starts: [start], queueActs: [] };

describe('remembered queues', () => {
  it('are what a batch may assume, together with its requests being new', () => {
    const queues = new RememberedQueues();
    expect(queues.assumedFor(batch)).toBeUndefined();
    queues.remember([row()]);
    const { assumed } = queues.assumedFor(batch) ?? {};
    expect(assumed).toEqual({ queues: [row()], requests: [{ workflowKey: 1n, requestId: 'r' }] });
  });

  it('are not assumed while runs wait, after they were wrong, or for acts', () => {
    const queues = new RememberedQueues();
    queues.remember([row({ queued: 1 })]);
    expect(queues.assumedFor(batch)).toBeUndefined();
    queues.remember([row()]);
    expect(queues.assumedFor({ ...batch, queueActs: [{} as Batch['queueActs'][number]] })).toBeUndefined();
    queues.forget(batch);
    expect(queues.assumedFor(batch)).toBeUndefined();
  });

  it('are not assumed beside another batch of the same workflow', () => {
    const queues = new RememberedQueues();
    queues.remember([row()]);
    const [leaveFirst, leaveSecond] = [queues.enter(batch), queues.enter(batch)];
    expect(queues.assumedFor(batch)).toBeUndefined();
    leaveFirst();
    expect(queues.assumedFor(batch)).toBeDefined();
    leaveSecond();
  });
});
