import {
  WorkerLogStream,
  type WorkerProgress,
  type WorkRequest,
  type WorkerLog,
} from '@maestro/proto/maestro/executor/v1/worker_service';
import { readJsonObject } from '../../runtimes/params.js';
import type { WorkerHub } from '../../runtimes/remote/worker-hub.js';
import type { WorkerSession } from '../../runtimes/remote/worker-session.js';

/** hearWorker takes one message of a worker. What it says of tasks that are not its own is passed over. */
export function hearWorker(hub: WorkerHub, session: WorkerSession, message: WorkRequest): void {
  hub.heard(session);
  for (const each of message.logs) log(session, each);
  for (const each of message.progress) progress(session, each);
  for (const result of message.results) hub.finish(session, result);
  if (message.credit !== undefined) hub.setSlots(session, Math.max(0, message.credit.slots));
  if (message.drain) hub.startDraining(session);
  if (message.heartbeat !== undefined) session.answerHeartbeat(message.heartbeat.sequence);
}

function log(session: WorkerSession, { taskId, stream, data }: WorkerLog): void {
  session.tasks.get(taskId)?.context.log(stream === WorkerLogStream.STDERR ? 'stderr' : 'stdout', data);
}

/** Artifacts that are no JSON object are the worker's mistake: its log says so, the step goes on. */
function progress(session: WorkerSession, { taskId, artifactsJson }: WorkerProgress): void {
  const task = session.tasks.get(taskId);
  try {
    task?.context.progress(readJsonObject(artifactsJson));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    task?.context.log('system', `progress was not taken: ${reason}\n`);
  }
}
