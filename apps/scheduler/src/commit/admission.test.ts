import type { QueueEntry, QueueRow } from '../rows/queue-row.js';
import { QueueLedger } from './admission.js';

const row = (over: Partial<QueueRow> = {}): QueueRow => ({
  workflowKey: 1n,
  workflowId: 'w',
  tenant: 'default',
  rule: 'SEQUENTIAL',
  concurrency: 1,
  revision: 1n,
  activeVersion: 1n,
  nextInstance: 1n,
  running: 0,
  queued: 0,
  blockingFailed: 0,
  paused: false,
  closed: false,
  ...over,
});
const entry = (instanceId: bigint): QueueEntry => ({
  workflowKey: 1n,
  instanceId,
  runId: 1n,
  runKey: 100n + instanceId,
});

describe('a queue under its lock', () => {
  it('launches the first start and queues the second, numbering them densely', () => {
    const ledger = new QueueLedger(row(), []);
    expect(ledger.start()).toMatchObject({ instanceId: 1n, decision: { insert: 'LAUNCH' } });
    expect(ledger.start()).toMatchObject({ instanceId: 2n, decision: { insert: 'QUEUE' } });
    expect(ledger.current).toMatchObject({ nextInstance: 3n, running: 1, queued: 1 });
  });

  it('lets the next start of a batch launch when the one before it has already ended', () => {
    const ledger = new QueueLedger(row(), []);
    ledger.start();
    ledger.runEnded(false);
    expect(ledger.start().decision.insert).toBe('LAUNCH');
  });

  it('admits the oldest waiting run when a running one ends', () => {
    const ledger = new QueueLedger(row({ running: 1, queued: 2 }), [entry(4n), entry(5n)]);
    ledger.runEnded(false);
    ledger.admit();
    expect(ledger.admitted).toEqual([entry(4n)]);
    expect(ledger.current).toMatchObject({ running: 1, queued: 1 });
  });

  it('does not admit a run that was stopped in the same batch', () => {
    const ledger = new QueueLedger(row({ running: 1, queued: 2 }), [entry(4n), entry(5n)]);
    ledger.runLeft(entry(4n), false);
    ledger.runEnded(false);
    ledger.admit();
    expect(ledger.admitted).toEqual([entry(5n)]);
  });

  it('holds a STRICT_SEQUENTIAL queue while a failed run blocks it', () => {
    const ledger = new QueueLedger(row({ rule: 'STRICT_SEQUENTIAL', running: 1, queued: 1 }), [entry(4n)]);
    ledger.runEnded(true);
    ledger.admit();
    expect(ledger.admitted).toEqual([]);
    expect(ledger.current.blockingFailed).toBe(1);
  });

  it('is held as well by runs that were killed while they waited: they have failed', () => {
    const strict = row({ rule: 'STRICT_SEQUENTIAL', running: 1, queued: 3 });
    const one = new QueueLedger(strict, [entry(4n), entry(5n)]);
    one.runLeft(entry(4n), true);
    expect(one.current).toMatchObject({ queued: 2, blockingFailed: 1 });
    const all = new QueueLedger(strict, [entry(4n)]);
    all.queueEmptied(true);
    expect(all.current).toMatchObject({ queued: 0, blockingFailed: 3 });
    const stopped = new QueueLedger(strict, [entry(4n)]);
    stopped.queueEmptied(false);
    expect(stopped.current).toMatchObject({ queued: 0, blockingFailed: 0 });
  });

  it('takes over newer settings only', () => {
    const ledger = new QueueLedger(row({ revision: 7n }), []);
    ledger.refresh({ revision: 6n, rule: 'PARALLEL', concurrency: 5, activeVersion: 2n });
    expect(ledger.changed).toBe(false);
    ledger.refresh({ revision: 8n, rule: 'PARALLEL', concurrency: 5, activeVersion: 2n });
    expect(ledger.current).toMatchObject({ rule: 'PARALLEL', concurrency: 5, revision: 8n });
  });
});
