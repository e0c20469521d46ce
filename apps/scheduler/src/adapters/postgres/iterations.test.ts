import type { WorkflowInstanceStatus } from '@maestro/domain';
import { recalledOf, type IterationRow } from './iterations.js';

const NOTHING = () => Promise.resolve([]);

/** One row an iteration, from the first; `2:FAILED` = its latest run is run 2. */
function rowsOf(...statuses: readonly string[]): IterationRow[] {
  return statuses.map((text, index) => {
    const [run = '1', status = ''] = text.includes(':') ? text.split(':') : ['1', text];
    const id = BigInt(index + 1);
    const known = status as WorkflowInstanceStatus;
    return { run_key: id, instance_id: id, run_id: BigInt(run), status: known, counts: `{"${known}":2}` };
  });
}

test('iterations that succeeded are kept as ranges; the next run id is above all there are', async () => {
  const rows = rowsOf('SUCCEEDED', 'SUCCEEDED', '3:FAILED', 'SUCCEEDED', 'STOPPED');
  expect(await recalledOf(rows, { keep: 'succeeded' }, 'foreach', NOTHING)).toEqual({
    runId: 3,
    known: 5,
    kept: [
      [0, 1],
      [3, 3],
    ],
    ended: { SUCCEEDED: 3 },
    rollup: { SUCCEEDED: 6 },
  });
});

test('where the path leads to one iteration, all others that ended are kept as they are', async () => {
  const rows = rowsOf('SUCCEEDED', 'FAILED', 'FAILED');
  expect(await recalledOf(rows, { keep: 'ended', target: 1 }, 'foreach', NOTHING)).toMatchObject({
    kept: [
      [0, 0],
      [2, 2],
    ],
    ended: { SUCCEEDED: 1, FAILED: 1 },
  });
});

test('from the beginning none is kept', async () => {
  const recalled = await recalledOf(rowsOf('SUCCEEDED', '2:SUCCEEDED'), { keep: 'none' }, 'while', NOTHING);
  expect(recalled).toEqual({ runId: 2, known: 2, kept: [], ended: {}, rollup: {} });
});

test('a while goes on at its last iteration, or at the one that is named', async () => {
  const rows = rowsOf('SUCCEEDED', 'SUCCEEDED', 'FAILED');
  const last = await recalledOf(rows, { keep: 'succeeded' }, 'while', NOTHING);
  expect(last).toMatchObject({ known: 3, ended: { SUCCEEDED: 2 }, resume: { index: 2 } });
  const named = await recalledOf(rows, { keep: 'ended', target: 1 }, 'while', NOTHING);
  expect(named).toMatchObject({ known: 2, ended: { SUCCEEDED: 1 }, resume: { index: 1 } });
});

test('a loop that has not come to its first iteration begins afresh', async () => {
  for (const kind of ['foreach', 'while'] as const)
    expect(await recalledOf([], { keep: 'succeeded' }, kind, NOTHING)).toMatchObject({ runId: 0, known: 0, kept: [] });
});
