import type { JsonObject } from '@maestro/domain';
import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import { containerEnvironment, withoutParams } from '../container/container-environment.js';
import {
  ATTEMPT_LABEL,
  ORCHESTRATOR,
  ORCHESTRATOR_LABEL,
  stepIdentity,
  workflowIdentity,
} from '../container/container-identity.js';
import { bytesOf, cpusOf } from '../container/quantity.js';
import { isJsonObject, paramsOf } from '../params.js';
import { integerParam, textParam, textsParam } from '../process/process-params.js';
import { readExitCodes, type ExitCodes } from '../process/exit-codes.js';
import { StepFailure } from '../process/step-failure.js';
import type { RuntimeContext } from '../runtime.js';
import type { ContainerSpec, PullPolicy, RegistryAuth } from './docker-engine.js';
import { bindOf, networkOf, type DockerPolicy } from './docker-policy.js';

/** Where a container may write its outputs: a place that every image lets every user write to. */
export const OUTPUT_FILE = '/tmp/maestro-output.json';

const PULL_POLICIES: readonly string[] = ['always', 'if-missing', 'never'] satisfies PullPolicy[];

/** DockerJob is all that a step asks of the engine. */
export interface DockerJob {
  readonly spec: ContainerSpec;
  readonly pullPolicy: PullPolicy;
  readonly auth: RegistryAuth | undefined;
  readonly exitCodes: ExitCodes;
  readonly stopGraceSeconds: number;
}

/** What the runtime of another step type puts into the container instead of the step's own. */
export interface DockerOverrides {
  readonly command?: readonly string[];
}

/** dockerJob reads the params of a step and holds them against the policy. Throws a StepFailure that names the param. */
export function dockerJob(
  task: Task,
  context: RuntimeContext,
  policy: DockerPolicy,
  over: DockerOverrides = {},
): DockerJob {
  const params = paramsOf(task);
  const docker = params['docker'];
  if (!isJsonObject(docker))
    throw new StepFailure('FATAL_ERROR', 'The param "docker" is missing: a MAP with at least "image".');
  const image = textParam(docker, 'image');
  if (image === undefined) throw new StepFailure('FATAL_ERROR', 'The param "docker.image" is missing.');
  const user = withoutParams(params, ['docker', 'exit_codes', 'notebook', 'kubernetes']);
  return {
    spec: {
      image,
      entrypoint: over.command ?? textsParam(docker, 'command'),
      args: over.command === undefined ? textsParam(docker, 'args') : [],
      environment: { ...containerEnvironment(task, context, user, docker['env']), MAESTRO_OUTPUT: OUTPUT_FILE },
      user: textParam(docker, 'user'),
      workingDir: textParam(docker, 'working_dir'),
      binds: textsParam(docker, 'mounts').map((mount) => bindOf(policy, mount)),
      network: networkOf(policy, textParam(docker, 'network')),
      labels: labelsOf(task, context),
      ...limitsOf(docker, policy),
    },
    pullPolicy: pullPolicyOf(docker),
    auth: registryAuth(textParam(docker, 'registry_auth')),
    exitCodes: exitCodesOf(params),
    stopGraceSeconds: Number(integerParam(docker, 'stop_grace_seconds', { min: 0n, max: 3_600n }) ?? 10n),
  };
}

function labelsOf(task: Task, { attemptId }: RuntimeContext): Record<string, string> {
  return {
    [ORCHESTRATOR_LABEL]: ORCHESTRATOR,
    [ATTEMPT_LABEL]: attemptId,
    'maestro.workflow': workflowIdentity(task),
    'maestro.step': stepIdentity(task),
    'maestro.tenant': task.tenant,
  };
}

function limitsOf(docker: JsonObject, policy: DockerPolicy): Pick<ContainerSpec, 'cpus' | 'memoryBytes' | 'pids'> {
  const cpu = textParam(docker, 'cpu');
  const memory = textParam(docker, 'memory');
  const cpus = cpu === undefined ? policy.maxCpus : atMost(cpusOf(cpu, 'docker.cpu'), policy.maxCpus, 'docker.cpu');
  const memoryBytes =
    memory === undefined
      ? policy.maxMemory
      : atMost(bytesOf(memory, 'docker.memory'), policy.maxMemory, 'docker.memory');
  const pids = Number(integerParam(docker, 'pids', { min: 1n, max: BigInt(policy.maxPids) }) ?? BigInt(policy.maxPids));
  return { cpus, memoryBytes, pids };
}

function atMost(wanted: number, most: number | undefined, name: string): number {
  if (most === undefined || wanted <= most) return wanted;
  throw new StepFailure('FATAL_ERROR', `"${name}" is more than the ${most} that this executor allows.`);
}

function pullPolicyOf(docker: JsonObject): PullPolicy {
  const policy = textParam(docker, 'pull_policy') ?? 'if-missing';
  if (PULL_POLICIES.includes(policy)) return policy as PullPolicy;
  throw new StepFailure('FATAL_ERROR', `"docker.pull_policy" must be one of ${PULL_POLICIES.join(', ')}.`);
}

/** `user:password`, or JSON as in a registry's configuration: {"username", "password", "serveraddress"}. */
function registryAuth(text: string | undefined): RegistryAuth | undefined {
  if (text === undefined) return undefined;
  const [username = '', ...password] = text.split(':');
  try {
    return text.startsWith('{') ? (JSON.parse(text) as RegistryAuth) : { username, password: password.join(':') };
  } catch {
    throw new StepFailure('FATAL_ERROR', 'The param "docker.registry_auth" is neither user:password nor JSON.');
  }
}

/** exitCodesOf reads the param `exit_codes`; a mistake in it ends the step. */
export function exitCodesOf(params: JsonObject): ExitCodes {
  try {
    return readExitCodes(params['exit_codes']);
  } catch (error) {
    throw new StepFailure('FATAL_ERROR', `The param "exit_codes" is wrong: ${(error as Error).message}.`);
  }
}
