import type { ActOnQueueDeps } from '../usecases/act-on-queue.js';
import type { DeleteWorkflowDeps } from '../usecases/delete-workflow.js';
import type { EndInstanceDeps } from '../usecases/end-instance.js';
import type { ExplainDeps } from '../usecases/explain-run.js';
import type { IterationDeps } from '../usecases/locate-iterations.js';
import type { RestartRunDeps } from '../usecases/restart-run.js';
import type { StartWorkflowDeps } from '../usecases/start-workflow.js';
import type { UnparkRunDeps } from '../usecases/unpark-run.js';
import type { FollowDeps } from '../watch/follow-run.js';
import type { ReadDeps } from './read-deps.js';

/** SchedulerDeps is what all RPCs of the service work with. */
export type SchedulerDeps = StartWorkflowDeps &
  EndInstanceDeps &
  ActOnQueueDeps &
  DeleteWorkflowDeps &
  UnparkRunDeps &
  RestartRunDeps &
  ReadDeps &
  ExplainDeps &
  IterationDeps &
  FollowDeps;
