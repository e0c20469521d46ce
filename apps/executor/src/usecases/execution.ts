import type { Clock } from '../ports/clock.js';
import type { ExecutionObserver } from '../ports/execution-observer.js';
import type { Runtime } from '../runtimes/runtime.js';
import type { AttemptServices } from './attempt.js';
import type { AttemptTable } from './attempt-table.js';
import type { ReportBuffer } from './report-buffer.js';
import type { Shares } from './shares.js';
import type { Tombstones } from './tombstones.js';
import type { WorkGate } from './work-gate.js';

/** Execution is what the acts of this service share. */
export interface Execution {
  readonly executorId: string;
  /** How many attempts of types that take slots may run at once. */
  readonly slots: number;
  readonly shares: Shares;
  readonly attempts: AttemptTable;
  readonly reports: ReportBuffer;
  readonly tombstones: Tombstones;
  readonly gate: WorkGate;
  readonly clock: Clock;
  readonly services: AttemptServices;
  readonly observer: ExecutionObserver;
  /** By the name of the step type in lower case. */
  readonly runtimes: Pick<ReadonlyMap<string, Runtime>, 'get'>;
}
