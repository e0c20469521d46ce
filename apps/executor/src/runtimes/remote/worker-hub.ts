import { MaestroError } from '@maestro/domain';
import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import type { WorkerResult } from '@maestro/proto/maestro/executor/v1/worker_service';
import type { WorkerType } from '@maestro/domain';
import type { Runtime, RuntimeContext, RuntimeResult } from '../runtime.js';
import { remoteTaskId, type RemoteTask } from './remote-task.js';
import { TurnQueue } from './turn-queue.js';
import { resultOfWorker } from './worker-result.js';
import { WorkerSession, type Offer } from './worker-session.js';

/**
 * A worker that was not heard of for that long counts as dead. It stops by itself earlier (STOP_AFTER_MS after it sent the
 * last heartbeat that was answered), so that nothing runs twice.
 */
export const LOST_AFTER_MS = 8_000;
export const STOP_AFTER_MS = 3_500;
export const HEARTBEAT_MS = 1_000;
/**
 * A dispatch older than that claims before it runs: the worker of an executor that was killed stops after STOP_AFTER_MS at
 * the latest, which must be before anybody else may begin (CERTAIN_AFTER_MILLIS of the engine), even if the claim waited for its answer.
 */
const FRESH_MS = 500;
const MAX_SESSIONS = 10_000;

export interface WorkerHubOptions {
  readonly monotonic: () => number;
  readonly newSessionId: () => string;
  /** Told when more or less may be taken from the queues. */
  readonly roomChanged: () => void;
  /** Told when the first worker for a type comes and when the last one goes. */
  readonly typeServed: (type: string, served: boolean) => void;
}

/** WorkerHub knows the workers of this executor and hands them their tasks. */
export class WorkerHub {
  private readonly sessions = new Map<string, WorkerSession>();
  /** Attempts of a type for which no worker has room right now. */
  private readonly waiting = new Map<string, TurnQueue<RemoteTask>>();
  /** Names of types with a connected worker, by lower case. */
  private served = new Map<string, string>();
  private readonly runtimes = new Map<string, Runtime>();
  private draining = false;

  constructor(private readonly options: WorkerHubOptions) {}

  /** servedTypes are the names of the types that connected workers run. */
  get servedTypes(): readonly string[] {
    return [...this.served.values()];
  }

  /** types are those that connected workers run, as they registered them. */
  get types(): readonly WorkerType[] {
    return [...this.connected()].flatMap(({ offer }) => offer.types.map(({ type }) => type));
  }

  /** slots are those of all connected workers together. */
  get slots(): { readonly slots: number; readonly free: number } {
    let [slots, free] = [0, 0];
    for (const session of this.connected()) {
      slots += session.slots;
      free += Math.max(0, session.slots - session.tasks.size);
    }
    return { slots, free };
  }

  /** runtimeOf is the runtime for a type of workers, whether one is connected or not; undefined for other types. */
  runtimeOf(type: string): Runtime | undefined {
    if (!type.includes('@')) return undefined;
    const key = type.toLowerCase();
    let runtime = this.runtimes.get(key);
    if (runtime === undefined) {
      runtime = {
        type,
        takesSlot: false,
        freshMillis: FRESH_MS,
        room: () => this.room(key),
        start: (task, context) => this.start(key, task, context),
      };
      this.runtimes.set(key, runtime);
    }
    return runtime;
  }

  /**
   * admit is the session of a worker that says hello: its former one when it comes back in time. Throws CONFLICT while
   * another worker with that id is connected, OVERLOADED when there are too many.
   */
  admit(offer: Offer, sessionId: string): WorkerSession {
    const known = this.sessions.get(sessionId);
    if (known?.offer.workerId === offer.workerId) {
      // Its old stream may look alive for a while after the network was cut.
      known.hangUp();
      known.slots = offer.slots;
      return known;
    }
    for (const other of this.connected()) if (other.offer.workerId === offer.workerId) throw sameId(offer.workerId);
    if (this.sessions.size >= MAX_SESSIONS) {
      throw new MaestroError(
        'OVERLOADED',
        `${MAX_SESSIONS} workers are connected already; connect to another executor.`,
      );
    }
    const session = new WorkerSession(this.options.newSessionId(), offer, this.options.monotonic());
    this.sessions.set(session.sessionId, session);
    return session;
  }

  /** attached: a worker's stream is open, so that it can be given work. */
  attached(session: WorkerSession): void {
    session.heardAt = this.options.monotonic();
    if (this.draining) session.sendDrain();
    this.updateServed();
    this.fill(session);
    this.options.roomChanged();
  }

  /** detached: its stream is gone. What it has in hand is kept for it until it counts as lost. */
  detached(session: WorkerSession): void {
    if (session.tasks.size === 0 && session.draining) this.sessions.delete(session.sessionId);
    this.updateServed();
  }

  heard(session: WorkerSession): void {
    session.heardAt = this.options.monotonic();
  }

  setSlots(session: WorkerSession, slots: number): void {
    session.slots = slots;
    this.fill(session);
    this.options.roomChanged();
  }

  /** startDraining: a worker wants no more. */
  startDraining(session: WorkerSession): void {
    session.draining = true;
    this.updateServed();
  }

  finish(session: WorkerSession, result: WorkerResult): void {
    session.received(result.taskId);
    const task = session.takeBack(result.taskId);
    if (task === undefined) return;
    task.resolve(resultOfWorker(result, task.stopReason !== undefined));
    this.fill(session);
    this.options.roomChanged();
  }

  /** sweep ends the sessions of workers that are lost, and gives back what waits for workers that do not come. */
  sweep(): void {
    const now = this.options.monotonic();
    for (const session of this.sessions.values()) if (now - session.heardAt > LOST_AFTER_MS) this.lose(session);
    for (const queue of this.waiting.values()) {
      for (const task of queue.all()) {
        if (now - task.waitingSince > LOST_AFTER_MS && !this.served.has(task.task.stepType.toLowerCase())) {
          this.unqueue(task);
          task.resolve({ outcome: 'PUT_BACK', message: `no worker for ${task.task.stepType} is connected any more` });
        }
      }
    }
  }

  /** drain tells all workers to go elsewhere, and gives back what none of them has begun. */
  drain(): void {
    this.draining = true;
    for (const session of this.sessions.values()) session.sendDrain();
    for (const queue of this.waiting.values()) {
      for (const task of queue.all()) {
        this.unqueue(task);
        task.resolve({ outcome: 'PUT_BACK', message: 'the executor drains' });
      }
    }
  }

  /** close ends all streams. */
  close(): void {
    for (const session of this.sessions.values()) session.hangUp();
  }

  private *connected(): Iterable<WorkerSession> {
    for (const session of this.sessions.values()) if (session.connected) yield session;
  }

  private room(type: string): number {
    if (this.draining) return 0;
    let room = -(this.waiting.get(type)?.size ?? 0);
    for (const session of this.sessions.values()) room += Math.max(0, session.room(type));
    return Math.max(0, room);
  }

  private start(type: string, task: Task, context: RuntimeContext): Promise<RuntimeResult> {
    return new Promise((resolve) => {
      const remote: RemoteTask = {
        id: remoteTaskId(task),
        task,
        context,
        waitingSince: this.options.monotonic(),
        stopReason: undefined,
        resolve,
      };
      const session = this.roomiest(type);
      if (session === undefined) this.queue(type).add(task.tenant, remote);
      else session.give(remote);
      context.signal.addEventListener('abort', () => this.stop(remote), { once: true });
      if (context.signal.aborted) this.stop(remote);
    });
  }

  /** The worker with the most room, so that a slow one gets less. */
  private roomiest(type: string): WorkerSession | undefined {
    let best: WorkerSession | undefined;
    let most = 0;
    for (const session of this.sessions.values()) {
      const room = session.room(type);
      if (room > most) [best, most] = [session, room];
    }
    return best;
  }

  private stop(remote: RemoteTask): void {
    if (remote.stopReason !== undefined) return;
    const reason: unknown = remote.context.signal.reason;
    remote.stopReason = typeof reason === 'string' ? reason : 'cancelled';
    for (const session of this.sessions.values()) {
      if (session.tasks.get(remote.id) === remote) {
        session.cancel(remote);
        return;
      }
    }
    this.unqueue(remote);
    remote.resolve({ outcome: 'STOPPED' });
  }

  /** fill gives a worker what waits for it: types take turns, and within one the tenants do. */
  private fill(session: WorkerSession): void {
    if (this.waiting.size === 0) return;
    for (let given = true; given;) {
      given = false;
      for (const type of session.types.keys()) {
        const task = session.room(type) > 0 ? this.waiting.get(type)?.take() : undefined;
        if (task === undefined) continue;
        session.give(task);
        given = true;
      }
    }
    for (const [type, queue] of this.waiting) if (queue.size === 0) this.waiting.delete(type);
  }

  private queue(type: string): TurnQueue<RemoteTask> {
    let queue = this.waiting.get(type);
    if (queue === undefined) this.waiting.set(type, (queue = new TurnQueue()));
    return queue;
  }

  private unqueue(remote: RemoteTask): void {
    this.waiting.get(remote.task.stepType.toLowerCase())?.remove(remote.task.tenant, remote);
  }

  private lose(session: WorkerSession): void {
    session.hangUp();
    this.sessions.delete(session.sessionId);
    this.updateServed();
    const message = `worker ${session.offer.workerId} was not heard of for ${LOST_AFTER_MS / 1_000} s`;
    for (const id of [...session.tasks.keys()]) {
      const task = session.takeBack(id);
      task?.resolve(task.stopReason === undefined ? { outcome: 'PLATFORM_ERROR', message } : { outcome: 'STOPPED' });
    }
  }

  private updateServed(): void {
    const served = new Map<string, string>();
    for (const session of this.connected()) {
      if (session.draining) continue;
      for (const [key, { type }] of session.types) served.set(key, `${type.name}@${type.version}`);
    }
    const before = this.served;
    this.served = served;
    for (const [key, name] of before) if (!served.has(key)) this.options.typeServed(name, false);
    for (const [key, name] of served) if (!before.has(key)) this.options.typeServed(name, true);
  }
}

function sameId(workerId: string): MaestroError {
  return new MaestroError(
    'CONFLICT',
    `A worker with the id "${workerId}" is connected. Ids are unique: give this one another, or wait ${LOST_AFTER_MS / 1_000} s if that one is dead.`,
    { retryAfterMs: 1_000 },
  );
}
