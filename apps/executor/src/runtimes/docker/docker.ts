import type { JsonObject } from '@maestro/domain';
import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import { ContainerLog } from '../container/container-log.js';
import { containerResult, reasonOf } from '../container/container-result.js';
import { patiently, sleep, type Patience } from '../container/wait-for.js';
import { MAX_OUTPUT_BYTES } from '../output-document.js';
import { OutputTokens, outputTokensOf } from '../output-tokens.js';
import { readJsonObject, isJsonObject } from '../params.js';
import { failuresAsResults, StepFailure } from '../process/step-failure.js';
import { isLetGo, type Runtime, type RuntimeContext, type RuntimeResult } from '../runtime.js';
import { EngineError, isAway, isUnreachable, type ContainerState, type DockerEngine } from './docker-engine.js';
import { dockerJob, OUTPUT_FILE, type DockerJob, type DockerOverrides } from './docker-params.js';
import type { DockerPolicy } from './docker-policy.js';
import { prepareImage } from './prepare-image.js';

/** DockerSettings are the engine of this executor and what steps may do there. */
export interface DockerSettings {
  /** Undefined: this executor has none. */
  readonly engine: DockerEngine | undefined;
  readonly policy: DockerPolicy;
  /** How long an engine that does not answer is waited for before anything of the attempt is there. */
  readonly patienceMs: number;
}

const ARTIFACT = 'maestro_docker';
/** What a container said last may come after the news of its end. */
const LAST_WORDS_MS = 5_000;
const START_TRIES = 4;
const START_PAUSE_MS = 500;

/** docker runs a container by a name made of the attempt id: whoever is handed the attempt finds it there. */
export function docker(settings: DockerSettings): Runtime {
  return {
    type: 'Docker',
    takesSlot: true,
    survives: true,
    start: (task, context) => failuresAsResults(() => runContainer(settings, task, context)),
  };
}

/** runContainer runs the container of an attempt, or takes over the one that is there, until its end. */
export async function runContainer(
  settings: DockerSettings,
  task: Task,
  context: RuntimeContext,
  overrides?: DockerOverrides,
): Promise<RuntimeResult> {
  const { engine, patienceMs } = settings;
  if (engine === undefined) {
    throw new StepFailure('FATAL_ERROR', 'This executor has no Docker engine: set MAESTRO_EXECUTOR_DOCKER_HOST.');
  }
  const attempt = new DockerAttempt(engine, dockerJob(task, context, settings.policy, overrides), task, context);
  return attempt.run(patienceMs);
}

class DockerAttempt {
  private readonly name: string;
  private readonly log: ContainerLog;

  constructor(
    private readonly engine: DockerEngine,
    private readonly job: DockerJob,
    private readonly task: Task,
    private readonly context: RuntimeContext,
  ) {
    this.name = `maestro-${context.attemptId}`;
    const { start, end } = outputTokensOf(context.attemptId);
    this.log = new ContainerLog(context, new OutputTokens(start, end));
  }

  async run(patienceMs: number): Promise<RuntimeResult> {
    try {
      const found = await this.ask(patienceMs, () => this.engine.inspect(this.name));
      if (this.context.signal.aborted) return await this.stopped(found !== undefined);
      if (found === undefined) await this.create(patienceMs);
      else this.say(`takes over container ${this.name}; what it has said is repeated below`);
    } catch (error) {
      if (this.context.signal.aborted && !(error instanceof StepFailure)) return await this.stopped(true);
      throw asFailure(error, 'PLATFORM_ERROR');
    }
    return this.attend();
  }

  private async create(patienceMs: number): Promise<void> {
    if (ARTIFACT in earlierArtifacts(this.task)) {
      throw new StepFailure(
        'PLATFORM_ERROR',
        `Container ${this.name} is not there any more: it was removed, or is on another engine.`,
      );
    }
    await prepareImage(this.engine, this.job, this.context, (work) => this.ask(patienceMs, work));
    try {
      await this.ask(patienceMs, () => this.engine.create(this.name, this.job.spec));
    } catch (error) {
      const mistaken = error instanceof EngineError && error.status >= 400 && error.status < 500;
      throw asFailure(error, mistaken ? 'USER_ERROR' : 'PLATFORM_ERROR');
    }
  }

  /** From here on something of the attempt is there: nothing but its end, seen with own eyes, ends the attempt. */
  private async attend(): Promise<RuntimeResult> {
    const { context, name } = this;
    context.progress({ [ARTIFACT]: this.artifact() });
    const watching = new AbortController();
    const stopWatching = (): void => watching.abort();
    context.signal.addEventListener('abort', stopWatching, { once: true });
    if (context.signal.aborted) stopWatching();
    try {
      const found = await this.insist(() => this.engine.inspect(name));
      if (found?.phase === 'created') await this.begin();
      const said = this.listen(watching.signal);
      await this.insist(() => this.engine.wait(name, watching.signal));
      if (context.signal.aborted) return await this.stopped(true);
      await Promise.race([said, sleep(LAST_WORDS_MS)]);
      return await this.ended();
    } catch (error) {
      if (context.signal.aborted) return await this.stopped(true);
      if (error instanceof StepFailure) throw error;
      throw asFailure(error, 'PLATFORM_ERROR');
    } finally {
      watching.abort();
      context.signal.removeEventListener('abort', stopWatching);
    }
  }

  /** Two deliveries may start it at the same time: what counts is whether it has begun. */
  private async begin(): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        await this.ask(Infinity, () => this.engine.start(this.name), isUnreachable);
        return;
      } catch (error) {
        const state = await this.insist(() => this.engine.inspect(this.name));
        if (state !== undefined && state.phase !== 'created' && state.error === '') return;
        const faulty = error instanceof EngineError && error.status >= 500;
        if (!faulty || tries === START_TRIES) throw await this.notStarted(error);
        await sleep(START_PAUSE_MS, this.context.signal);
      }
    }
  }

  private async notStarted(error: unknown): Promise<StepFailure> {
    await this.insist(() => this.engine.remove(this.name));
    const reason = reasonOf(error);
    const mistaken =
      !(error instanceof EngineError) || error.status < 500 || /exec|no such file|permission/i.test(reason);
    return new StepFailure(mistaken ? 'USER_ERROR' : 'PLATFORM_ERROR', `The container could not start: ${reason}`);
  }

  /** Reads on where it was cut off; some lines may come twice, none is lost. */
  private async listen(signal: AbortSignal): Promise<void> {
    let since = 0;
    const sink = (stream: 'stdout' | 'stderr', chunk: Uint8Array): void => {
      since = Math.floor(Date.now() / 1_000) - 1;
      this.log.write(stream, chunk);
    };
    while (!signal.aborted) {
      const whole = await this.engine.follow(this.name, since, sink, signal).then(
        () => true,
        () => false,
      );
      if (whole) return;
      await sleep(500, signal);
    }
  }

  private async ended(): Promise<RuntimeResult> {
    const state = await this.insist(() => this.engine.inspect(this.name));
    if (state === undefined) {
      throw new StepFailure(
        'PLATFORM_ERROR',
        `Container ${this.name} was removed from outside before its end was known.`,
      );
    }
    const file = await this.insist(() => this.engine.readFile(this.name, OUTPUT_FILE, MAX_OUTPUT_BYTES)).catch(
      () => undefined,
    );
    const outcome = state.oomKilled ? 'USER_ERROR' : this.job.exitCodes.outcomeOf(state.exitCode, null);
    const result = containerResult({
      outcome,
      message: outcome === 'DONE' ? undefined : explain(state, this.log.end()),
      document: file ?? this.log.document(),
      artifacts: {
        [ARTIFACT]: { ...this.artifact(), exit_code: BigInt(state.exitCode), execution_output: this.log.end() },
      },
    });
    return { ...result, settled: () => this.engine.remove(this.name).catch(() => undefined) };
  }

  private async stopped(mayBeThere: boolean): Promise<RuntimeResult> {
    if (mayBeThere && !isLetGo(this.context.signal)) {
      const insist = this.patience(Infinity, undefined);
      const present = await patiently(insist, () => this.engine.inspect(this.name));
      if (present?.phase === 'running') await patiently(insist, () => this.stopOrGone());
      if (present !== undefined) await patiently(insist, () => this.engine.remove(this.name));
    }
    return { outcome: 'STOPPED' };
  }

  private async stopOrGone(): Promise<void> {
    try {
      await this.engine.stop(this.name, this.job.stopGraceSeconds);
    } catch (error) {
      if (!(error instanceof EngineError) || error.status !== 404) throw error;
    }
  }

  private artifact(): JsonObject {
    const { entrypoint, args, image } = this.job.spec;
    return { type: 'DEFAULT', job_id: this.name, image, command: [...entrypoint, ...args] };
  }

  private say(text: string): void {
    this.context.log('system', `${text}\n`);
  }

  private insist<T>(work: () => Promise<T>): Promise<T> {
    return this.ask(Infinity, work);
  }

  private ask<T>(giveUpMs: number, work: () => Promise<T>, away = isAway): Promise<T> {
    return patiently({ ...this.patience(giveUpMs, this.context.signal), isAway: away }, work);
  }

  private patience(giveUpMs: number, signal: AbortSignal | undefined): Patience {
    const away = (error: unknown): void =>
      this.say(`the Docker engine does not answer (${reasonOf(error)}); asking again`);
    return { giveUpMs, isAway, away, ...(signal === undefined ? {} : { signal }) };
  }
}

function earlierArtifacts({ artifactsJson }: Task): JsonObject {
  if (artifactsJson.length === 0) return {};
  const artifacts = readJsonObject(artifactsJson);
  return isJsonObject(artifacts) ? artifacts : {};
}

function explain({ exitCode, oomKilled, error }: ContainerState, said: string): string {
  if (oomKilled) return 'The container was killed because it needed more memory than it may have: raise docker.memory.';
  const last = said.trimEnd().split('\n').slice(-3).join('\n');
  return [`The container ended with exit code ${exitCode}.`, error, last].filter((part) => part !== '').join(' ');
}

function asFailure(error: unknown, outcome: 'USER_ERROR' | 'PLATFORM_ERROR'): StepFailure {
  return error instanceof StepFailure ? error : new StepFailure(outcome, `Docker: ${reasonOf(error)}`);
}
