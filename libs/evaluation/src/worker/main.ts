import { parentPort, workerData } from 'node:worker_threads';
import { createCompiler } from '@maestro/sel';
import type { Job, Reply, WorkerStart } from '../messages.js';
import { perform, type Tools } from './perform.js';

const CACHED_EXPRESSIONS = 10_000;

/** The thread: one job after the other. It reads no environment and has no handle on anything but its port. */
function serve(start: WorkerStart): void {
  const compiler = createCompiler({ cacheSize: CACHED_EXPRESSIONS });
  const tools: Tools = { compiler, asking: start.asking, cells: new Int32Array(start.cells) };
  parentPort?.on('message', (job: Job) => {
    parentPort?.postMessage(replyTo(tools, job));
  });
}

function replyTo(tools: Tools, job: Job): Reply {
  try {
    return perform(tools, job);
  } catch (error) {
    if (!(error instanceof Error)) return { kind: 'defect', message: String(error), stack: undefined };
    return { kind: 'defect', message: error.message, stack: error.stack };
  }
}

serve(workerData as WorkerStart);
