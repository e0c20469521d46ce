import type { JsonObject } from '@maestro/domain';
import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import { ContainerLog } from '../container/container-log.js';
import { containerResult, reasonOf } from '../container/container-result.js';
import { patiently, sleep, type Patience } from '../container/wait-for.js';
import { OutputTokens, outputTokensOf } from '../output-tokens.js';
import { readJsonObject } from '../params.js';
import { failuresAsResults, StepFailure } from '../process/step-failure.js';
import { isLetGo, type Runtime, type RuntimeContext, type RuntimeResult } from '../runtime.js';
import { ClusterError, isAway, type Cluster, type Pod } from './cluster.js';
import {
  ATTEMPT_LABEL,
  CONTAINER,
  kubernetesJob,
  type KubernetesJob,
  type KubernetesOverrides,
} from './kubernetes-job.js';
import type { KubernetesPolicy } from './kubernetes-policy.js';
import { endOf, hasLog, waitsFor, type PodEnd } from './pod-state.js';
import { watchPod } from './watch-pod.js';

/** KubernetesSettings are the cluster of this executor and what steps may do there. */
export interface KubernetesSettings {
  /** Undefined: this executor has none. */
  readonly cluster: Cluster | undefined;
  readonly policy: KubernetesPolicy;
  /** How long an API server that does not answer is waited for before anything of the attempt is there. */
  readonly patienceMs: number;
  /** How long a pod may be stuck (its image cannot be pulled) before that counts as the mistake of the user. */
  readonly stuckMs: number;
  /** How often it is looked whether a pod is still there although the watch says nothing. */
  readonly safetyMs?: number;
  /** How long the rest of a log may come after the news of the end; 10 s. */
  readonly lastWordsMs?: number;
}

const ARTIFACT = 'maestro_kubernetes';
/** What a container said last may come after the news of its end. */
const LAST_WORDS_MS = 10_000;
/** Somebody deleted the pod, and its node does not confirm that it is gone. */
const DELETED_MS = 25_000;

/** kubernetes runs a pod by a name made of the step's uuid: whoever is handed the attempt finds it there. */
export function kubernetes(settings: KubernetesSettings): Runtime {
  return {
    type: 'Kubernetes',
    takesSlot: true,
    survives: true,
    start: (task, context) => failuresAsResults(() => runPod(settings, task, context)),
  };
}

/** runPod runs the pod of an attempt, or takes over the one that is there, until its end. */
export async function runPod(
  settings: KubernetesSettings,
  task: Task,
  context: RuntimeContext,
  overrides?: KubernetesOverrides,
): Promise<RuntimeResult> {
  if (settings.cluster === undefined) {
    throw new StepFailure('FATAL_ERROR', 'This executor has no Kubernetes cluster: set MAESTRO_EXECUTOR_KUBERNETES.');
  }
  const job = kubernetesJob(task, context, settings.policy, overrides);
  return new PodAttempt(settings, settings.cluster, job, task, context).run();
}

class PodAttempt {
  private readonly log: ContainerLog;
  private uid: string | undefined;

  constructor(
    private readonly settings: KubernetesSettings,
    private readonly cluster: Cluster,
    private readonly job: KubernetesJob,
    private readonly task: Task,
    private readonly context: RuntimeContext,
  ) {
    const { start, end } = outputTokensOf(context.attemptId);
    this.log = new ContainerLog(context, new OutputTokens(start, end));
  }

  async run(): Promise<RuntimeResult> {
    const { context, job } = this;
    try {
      const found = await this.ask(() => this.cluster.read(job.ref));
      if (context.signal.aborted) return await this.stopped();
      if (found !== undefined && isOwn(found, context)) this.takeOver();
      else await this.create(found);
    } catch (error) {
      if (context.signal.aborted && !(error instanceof StepFailure)) return await this.stopped();
      throw asFailure(error);
    }
    context.progress({ [ARTIFACT]: this.artifact() });
    return this.attend();
  }

  private takeOver(): void {
    this.say(`takes over pod ${this.job.ref.name}; what it has said is repeated below`);
  }

  private async create(other: Pod | undefined): Promise<void> {
    const { cluster, job, task } = this;
    if (other !== undefined) await this.makeRoom(other);
    else if (task.artifactsJson.length > 0 && ARTIFACT in readJsonObject(task.artifactsJson)) {
      throw new StepFailure('PLATFORM_ERROR', `Pod ${job.ref.name} is not there any more: somebody deleted it.`);
    }
    this.say(`creates pod ${job.ref.namespace}/${job.ref.name}`);
    if (await this.ask(() => cluster.create(job.ref.namespace, job.pod))) return;
    const found = await this.ask(() => cluster.read(job.ref));
    if (found === undefined || !isOwn(found, this.context)) throw this.taken();
    this.takeOver();
  }

  /** The key was used before. One that has ended makes room; two at a time is what the key is there to prevent. */
  private async makeRoom(other: Pod): Promise<void> {
    if (endOf(other, this.job.exitCodes) === undefined) throw this.taken();
    await this.ask(() => this.cluster.remove(this.job.ref, other.metadata?.uid, 0));
  }

  private taken(): StepFailure {
    const { namespace, name } = this.job.ref;
    return new StepFailure(
      'PLATFORM_ERROR',
      `Pod ${namespace}/${name} belongs to another attempt, which has not ended.`,
    );
  }

  /** From here on a pod is there: nothing but its end, as the cluster tells it, ends the attempt. */
  private async attend(): Promise<RuntimeResult> {
    const { context } = this;
    const listening = new AbortController();
    const stopListening = (): void => listening.abort();
    context.signal.addEventListener('abort', stopListening, { once: true });
    try {
      const { end, said } = await this.watch(listening.signal);
      if (end === undefined) return await this.stopped();
      if (end === 'deleted')
        throw new StepFailure('PLATFORM_ERROR', `Pod ${this.job.ref.name} was deleted before its end was known.`);
      await Promise.race([said, sleep(this.settings.lastWordsMs ?? LAST_WORDS_MS)]);
      return this.ended(end);
    } finally {
      listening.abort();
      context.signal.removeEventListener('abort', stopListening);
    }
  }

  private async watch(
    listening: AbortSignal,
  ): Promise<{ readonly end: PodEnd | 'deleted' | undefined; readonly said: Promise<void> | undefined }> {
    const { cluster, context, job, settings } = this;
    let end: PodEnd | 'deleted' | undefined;
    let said: Promise<void> | undefined;
    let stuck: NodeJS.Timeout | undefined;
    let deleted: NodeJS.Timeout | undefined;
    let told = '';
    const enough = new AbortController();
    const giveUp = (how: PodEnd | 'deleted'): void => {
      end ??= how;
      enough.abort();
    };
    const seen = (pod: Pod | undefined): boolean => {
      if (pod === undefined) end ??= 'deleted';
      else {
        this.uid = pod.metadata?.uid;
        end ??= endOf(pod, job.exitCodes);
        if (hasLog(pod)) said ??= this.listen(listening);
        const waiting = waitsFor(pod);
        if (waiting !== undefined && waiting.why !== told) this.say(`waits: ${(told = waiting.why)}`);
        if (waiting?.stuck !== true) stuck = void clearTimeout(stuck);
        else stuck ??= setTimeout(() => giveUp(stuckEnd(told)), settings.stuckMs);
        if (pod.metadata?.deletionTimestamp !== undefined) deleted ??= setTimeout(() => giveUp('deleted'), DELETED_MS);
      }
      return end !== undefined;
    };
    const away = this.awayOnce();
    const signal = AbortSignal.any([context.signal, enough.signal]);
    const safety = settings.safetyMs === undefined ? {} : { safetyMs: settings.safetyMs };
    await watchPod({ cluster, ref: job.ref, signal, seen, away, ...safety });
    clearTimeout(stuck);
    clearTimeout(deleted);
    return { end, said };
  }

  /** Reads on where it was cut off; some lines may come twice, none is lost. */
  private async listen(signal: AbortSignal): Promise<void> {
    let heardAt: number | undefined;
    const sink = (chunk: Uint8Array): void => {
      heardAt = performance.now();
      this.log.write('stdout', chunk);
    };
    while (!signal.aborted) {
      const since = heardAt === undefined ? undefined : Math.ceil((performance.now() - heardAt) / 1_000) + 1;
      const whole = await this.cluster.follow(this.job.ref, CONTAINER, since, sink, signal).then(
        () => true,
        (error: unknown) => error instanceof ClusterError && error.status === 404,
      );
      if (whole) return;
      await sleep(500, signal);
    }
  }

  private ended(end: PodEnd): RuntimeResult {
    const result = containerResult({
      outcome: end.outcome,
      message: [end.message, end.outcome === 'USER_ERROR' ? lastLines(this.log.end()) : ''].filter(Boolean).join(' '),
      document: this.log.document(),
      artifacts: { [ARTIFACT]: { ...this.artifact(), execution_output: this.log.end() } },
    });
    const { ref } = this.job;
    return { ...result, settled: () => this.cluster.remove(ref, this.uid, 0).catch(() => undefined) };
  }

  private async stopped(): Promise<RuntimeResult> {
    const { cluster, context, job } = this;
    if (isLetGo(context.signal)) return { outcome: 'STOPPED' };
    const insist = this.patience(Infinity, undefined);
    const own = async (): Promise<Pod | undefined> => {
      const pod = await patiently(insist, () => cluster.read(job.ref));
      return pod !== undefined && isOwn(pod, context) ? pod : undefined;
    };
    const pod = await own();
    if (pod === undefined) return { outcome: 'STOPPED' };
    await patiently(insist, () => cluster.remove(job.ref, pod.metadata?.uid, job.graceSeconds));
    for (let present = await own(); present !== undefined; present = await own()) await sleep(500);
    return { outcome: 'STOPPED' };
  }

  private artifact(): JsonObject {
    const { args, command, ref } = this.job;
    const execution_script = args.length > 0 ? args.join(' ') : command.join(' ');
    return { type: 'KUBERNETES', job_id: ref.name, command: command.join(' '), execution_script };
  }

  private say(text: string): void {
    this.context.log('system', `${text}\n`);
  }

  private ask<T>(work: () => Promise<T>): Promise<T> {
    return patiently(this.patience(this.settings.patienceMs, this.context.signal), work);
  }

  private patience(giveUpMs: number, signal: AbortSignal | undefined): Patience {
    return { giveUpMs, isAway, away: this.awayOnce(), ...(signal === undefined ? {} : { signal }) };
  }

  /** A server that is away for long is told of once a minute. */
  private awayOnce(): (error: unknown) => void {
    let toldAt = -Infinity;
    return (error) => {
      if (performance.now() - toldAt < 60_000) return;
      toldAt = performance.now();
      this.say(`the API server does not answer (${reasonOf(error)}); asking again`);
    };
  }
}

function isOwn({ metadata }: Pod, { attemptId }: RuntimeContext): boolean {
  return metadata?.labels?.[ATTEMPT_LABEL] === attemptId;
}

function stuckEnd(why: string): PodEnd {
  return { outcome: 'USER_ERROR', message: `The pod could not start: ${why}`, exitCode: undefined };
}

function lastLines(said: string): string {
  return said.trimEnd().split('\n').slice(-3).join('\n');
}

/** What the server refuses as it is will be refused again; a quota or a right may be given. */
function asFailure(error: unknown): StepFailure {
  if (error instanceof StepFailure) return error;
  const status = error instanceof ClusterError ? error.status : 0;
  const outcome = status === 400 || status === 404 || status === 422 ? 'FATAL_ERROR' : 'PLATFORM_ERROR';
  return new StepFailure(outcome, `Kubernetes: ${reasonOf(error)}`);
}
