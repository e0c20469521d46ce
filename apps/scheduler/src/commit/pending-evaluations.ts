import { MaestroError, type RunKey } from '@maestro/domain';
import {
  runEvaluation,
  stepEvaluation,
  type Answered,
  type Asked,
  type Command,
  type EngineEvent,
  type EvaluationTask,
} from '@maestro/engine';
import type { LaterPorts } from '@maestro/evaluation';
import type { CommitDeps } from './commit-deps.js';
import { paramsBelow } from './params-below.js';
import type { RunRecord } from './run-record.js';
import { submitEvent } from './submit-event.js';

type Evaluate = Extract<Command, { type: 'evaluate' | 'evaluate-run' }>;
type Deps = Pick<
  CommitDeps,
  'below' | 'cache' | 'definitions' | 'evaluator' | 'feedBack' | 'logger' | 'now' | 'timing'
>;

/**
 * PendingEvaluations has the evaluations that the engine asks for done by worker threads, and brings the answers back as events.
 * One that is lost, in a crash or because its run left the memory, is asked for again by the engine's timer.
 */
export class PendingEvaluations {
  private readonly pending = new Set<string>();

  constructor(private readonly deps: Deps) {}

  /** begin starts one, unless it is under way already: the engine's timer asks again while an evaluation waits for a worker. */
  begin(runKey: RunKey, command: Evaluate): void {
    const record = this.deps.cache.get(runKey);
    const key = keyOf(runKey, command);
    if (record === undefined || this.pending.has(key)) return;
    this.pending.add(key);
    this.evaluate(record, command)
      .catch((error: unknown) => this.failed(runKey, command, error))
      .finally(() => this.pending.delete(key));
  }

  private async evaluate(record: RunRecord, command: Evaluate): Promise<void> {
    const { plan, state } = record;
    const { runKey, workflowId: owner } = state.header;
    const at = this.deps.now();
    if (command.type === 'evaluate-run') {
      const result = await this.follow(owner, runEvaluation(plan, state.header));
      return submitEvent(this.deps, runKey, { type: 'run-evaluated', at: this.deps.now(), result });
    }
    const result = await this.follow(
      owner,
      stepEvaluation(plan, state, command, at),
      paramsBelow(this.deps, record, command.ordinal),
    );
    if (result === undefined) return;
    const { ordinal, attempt } = command;
    const event: EngineEvent = { type: 'evaluated', at: this.deps.now(), ordinal, attempt, result };
    submitEvent(this.deps, runKey, event);
  }

  private async follow<T>(owner: string, task: EvaluationTask<T>, later?: LaterPorts): Promise<T> {
    return task.follow(await Promise.all(task.asked.map((asked) => this.ask(owner, asked, later))));
  }

  private async ask(owner: string, asked: Asked, later: LaterPorts | undefined): Promise<Answered> {
    const { evaluator } = this.deps;
    if (asked.kind === 'params') return evaluator.params({ ...asked, owner, later });
    const { text, path, scope, at, seed } = asked;
    const [answer] = await evaluator.conditions({ conditions: [{ text, path }], scope, at, seed, owner, later });
    if (answer === undefined) throw new Error('a condition was not answered');
    return answer;
  }

  /** A full queue is tried again soon; whatever else went wrong, when the engine asks again. */
  private failed(runKey: RunKey, command: Evaluate, error: unknown): void {
    if (error instanceof MaestroError && error.retryAfterMs !== undefined) {
      this.deps.timing.after(error.retryAfterMs, () => this.begin(runKey, command));
      return;
    }
    if (error instanceof MaestroError && error.code === 'UNAVAILABLE') return;
    this.deps.logger.error({ err: error, runKey: String(runKey) }, 'an evaluation failed and is asked for again later');
  }
}

function keyOf(runKey: RunKey, command: Evaluate): string {
  if (command.type === 'evaluate-run') return String(runKey);
  return `${String(runKey)}/${String(command.ordinal)}/${String(command.attempt)}/${command.phase}`;
}
