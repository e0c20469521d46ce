import type { FieldViolation } from '@maestro/domain';
import type { DefinitionProblem, Failed } from '@maestro/params';
import { PRESETS, type Limits } from '@maestro/sel';
import { Lane } from './lane.js';
import { limitViolation, type Bounds } from './limit-violation.js';
import type { Job, Reply } from './messages.js';
import { scopeData, type AnsweringScope } from './scope-data.js';
import type {
  CheckTask,
  ConditionAnswer,
  ConditionsTask,
  DefinitionChecker,
  DryRunTask,
  Evaluator,
  ExpressionAnswer,
  ExpressionTask,
  ParamsAnswer,
  ParamsTask,
} from './task.js';
import { expressionsOf } from './worker/watched-compiler.js';
import type { Ended } from './worker-thread.js';

export interface EvaluationPoolOptions {
  /** The bundled worker script. */
  readonly script: string;
  /** Default `PRESETS.FULL`. */
  readonly limits?: Limits;
  /** Milliseconds that one evaluation may take. Default 120 s, as in the original. */
  readonly timeoutMs?: number;
  /** Megabytes of heap that a worker may have. Default 512. */
  readonly heapMegabytes?: number;
  /** Workers for evaluations that take long. Default 1; one more does the short ones. */
  readonly threads?: number;
  /** Evaluations that may wait for each kind of worker. Default 1,000. */
  readonly maxWaiting?: number;
}

/**
 * What the first worker may spend on an evaluation: well under a tenth of a second. Whatever needs more goes on in the lane of
 * the long ones, from its beginning, so that a few hostile expressions do not hold up all the others.
 */
const SHORT: Readonly<{ fuel: number; timeoutMs: number }> = { fuel: 1_000_000, timeoutMs: 1_000 };

/** Met is a job that a limit ended. */
interface Met {
  readonly limit: string;
  /** The expression that was being evaluated, by its number. */
  readonly current: number | undefined;
  /** What met the limit, where that is known otherwise. */
  readonly path?: string | undefined;
}

/** EvaluationPool is the Evaluator and DefinitionChecker of a service: worker threads, made when they are first needed. */
export class EvaluationPool implements Evaluator, DefinitionChecker {
  private readonly bounds: Bounds;
  private readonly short: Lane;
  private readonly long: Lane;

  constructor(options: EvaluationPoolOptions) {
    const { script, limits = PRESETS.FULL, timeoutMs = 120_000, heapMegabytes = 512, maxWaiting = 1_000 } = options;
    this.bounds = { limits, timeoutMs, heapMegabytes };
    const shared = { script, heapMegabytes, maxWaiting };
    this.short = new Lane({ ...shared, threads: 1, timeoutMs: Math.min(SHORT.timeoutMs, timeoutMs) });
    this.long = new Lane({ ...shared, threads: options.threads ?? 1, timeoutMs });
  }

  /** How many evaluations wait for a worker. */
  get waiting(): number {
    return this.short.waiting + this.long.waiting;
  }

  async params(task: ParamsTask): Promise<ParamsAnswer> {
    const { definitions, defaults = {}, at, seed } = task;
    const job: Job = {
      kind: 'params',
      definitions,
      defaults,
      at,
      seed,
      limits: this.bounds.limits,
      scope: scopeData(task.scope),
    };
    const reply = await this.perform(task.owner, job, task);
    if ('limit' in reply) return this.failed(job, reply);
    if (reply.kind !== 'params') throw new Error('the worker answered another question');
    const { outcome } = reply;
    return outcome.kind === 'exhausted' ? this.failed(job, { limit: outcome.limit, current: undefined }) : outcome;
  }

  async conditions(task: ConditionsTask): Promise<readonly ConditionAnswer[]> {
    const { conditions, at, seed } = task;
    const job: Job = {
      kind: 'conditions',
      conditions,
      at,
      seed,
      limits: this.bounds.limits,
      scope: scopeData(task.scope),
    };
    const reply = await this.perform(task.owner, job, task);
    if ('limit' in reply) {
      const failed = this.failed(job, reply);
      return conditions.map(() => failed);
    }
    if (reply.kind !== 'conditions') throw new Error('the worker answered another question');
    return reply.outcomes.map((outcome, index) =>
      outcome.kind === 'exhausted' ? this.failed(job, { limit: outcome.limit, current: index }) : outcome,
    );
  }

  async expression(task: ExpressionTask): Promise<ExpressionAnswer> {
    const { text, path, variables, at, seed } = task;
    const job: Job = {
      kind: 'expression',
      text,
      path,
      variables,
      at,
      seed,
      limits: this.bounds.limits,
      scope: scopeData({}),
    };
    const reply = await this.perform(task.owner, job, { scope: {} });
    if ('limit' in reply) return this.failed(job, reply);
    if (reply.kind !== 'expression') throw new Error('the worker answered another question');
    const { outcome } = reply;
    return outcome.kind === 'exhausted' ? this.failed(job, { limit: outcome.limit, current: 0 }) : outcome;
  }

  async check({ request, content }: CheckTask): Promise<readonly FieldViolation[]> {
    const { limits } = this.bounds;
    const job: Job = { kind: 'check', request, content, at: 0, seed: 0n, limits, scope: scopeData({}) };
    const reply = await this.perform(request.workflow.id, job, { scope: {} });
    if ('limit' in reply) return [limitViolation({ limit: reply.limit, path: 'workflow' }, this.bounds)];
    if (reply.kind !== 'check') throw new Error('the worker answered another question');
    return reply.violations;
  }

  async dryRun({ workflow, at }: DryRunTask): Promise<readonly DefinitionProblem[]> {
    const { limits } = this.bounds;
    const job: Job = { kind: 'dry-run', workflow, at, seed: BigInt(at), limits, scope: scopeData({}) };
    const reply = await this.perform(workflow.id, job, { scope: {} });
    if ('limit' in reply) return certain(this.failed(job, { path: 'workflow', ...reply }));
    if (reply.kind !== 'dry-run') throw new Error('the worker answered another question');
    const { outcome } = reply;
    if (outcome.kind === 'problems') return outcome.problems;
    return certain(this.failed(job, { ...outcome, current: undefined }));
  }

  /** close ends all workers; what they are at fails with UNAVAILABLE. */
  async close(): Promise<void> {
    await Promise.all([this.short.close(), this.long.close()]);
  }

  private async perform(owner: string, job: Job, scope: AnsweringScope): Promise<Reply | Met> {
    const { limits } = this.bounds;
    const short = { ...job, limits: { ...limits, fuel: Math.min(SHORT.fuel, limits.fuel) } };
    const first = replyOf(await this.short.run(owner, short, scope));
    return isUnfinished(first) ? replyOf(await this.long.run(owner, job, scope)) : first;
  }

  private failed(job: Job, { limit, current, path: known }: Met): Failed {
    const path = current === undefined ? known : (expressionsOf(job)[current]?.path ?? known);
    return { kind: 'error', violations: [limitViolation({ limit, path }, this.bounds)] };
  }
}

function certain({ violations }: Failed): readonly DefinitionProblem[] {
  return violations.map((violation) => ({ ...violation, certain: true }));
}

function replyOf(ended: Ended): Reply | Met {
  const { current } = ended;
  if (ended.kind === 'overrun') return { limit: ended.limit, current };
  const { reply } = ended;
  if (reply.kind === 'defect') throw Object.assign(new Error(reply.message), { stack: reply.stack });
  if (reply.kind === 'conditions' || reply.kind === 'check' || reply.outcome.kind !== 'exhausted') return reply;
  const { outcome } = reply;
  return 'path' in outcome
    ? { limit: outcome.limit, current: undefined, path: outcome.path }
    : { limit: outcome.limit, current };
}

/** A limit that was met by the first worker may be one of its own. */
function isUnfinished(reply: Reply | Met): boolean {
  if ('limit' in reply) return reply.limit !== 'heap';
  return reply.kind === 'conditions' && reply.outcomes.some(({ kind }) => kind === 'exhausted');
}
