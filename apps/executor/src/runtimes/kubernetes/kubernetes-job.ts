import { createHash } from 'node:crypto';
import type { V1Container, V1EnvVar, V1ResourceRequirements } from '@kubernetes/client-node';
import type { JsonObject } from '@maestro/domain';
import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import { containerEnvironment, withoutParams } from '../container/container-environment.js';
import { stepIdentity, workflowIdentity } from '../container/container-identity.js';
import { isJsonObject, paramsOf } from '../params.js';
import { readExitCodes, type ExitCodes } from '../process/exit-codes.js';
import { userVariables } from '../process/process-environment.js';
import { integerParam, textParam, textsParam } from '../process/process-params.js';
import { StepFailure } from '../process/step-failure.js';
import type { RuntimeContext } from '../runtime.js';
import type { Pod, PodRef } from './cluster.js';
import { checkServiceAccount, namespaceOf, type KubernetesPolicy } from './kubernetes-policy.js';
import { tolerationOf, volumeOf } from './pod-volumes.js';

/** The one container of a pod (specification §1.7). */
export const CONTAINER = 'maestro-job';
export const ATTEMPT_LABEL = 'maestro/attempt';
export const ORCHESTRATOR_LABEL = 'maestro/orchestrator';
/** Above the step's own timeout: the executor stops it, this is for when there is none any more. */
const DEADLINE_MARGIN_SECONDS = 120;
const MAX_NAME = 63;

/** KubernetesJob is all that a step asks of the cluster. */
export interface KubernetesJob {
  readonly ref: PodRef;
  readonly pod: Pod;
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly exitCodes: ExitCodes;
  readonly graceSeconds: number | undefined;
}

/** What the runtime of another step type puts into the pod instead of the step's own. */
export interface KubernetesOverrides {
  readonly command?: readonly string[];
  readonly args?: readonly string[];
}

/** kubernetesJob reads the params of a step and holds them against the policy. Throws a StepFailure that names the param. */
export function kubernetesJob(
  task: Task,
  context: RuntimeContext,
  policy: KubernetesPolicy,
  over: KubernetesOverrides = {},
): KubernetesJob {
  const params = paramsOf(task);
  const kubernetes = params['kubernetes'];
  if (!isJsonObject(kubernetes))
    throw new StepFailure('FATAL_ERROR', 'The param "kubernetes" is missing: a MAP with at least "image".');
  const given = commandOf(kubernetes);
  const command = over.command ?? given.command;
  const args = over.command === undefined ? given.args : (over.args ?? []);
  const ref = {
    namespace: namespaceOf(policy, task.tenant, textParam(kubernetes, 'namespace')),
    name: podName(textParam(kubernetes, 'job_deduplication_key') ?? context.attemptId),
  };
  const user = withoutParams(params, ['kubernetes', 'exit_codes', 'notebook', 'docker']);
  const env = environment(containerEnvironment(task, context, user, kubernetes['env']), kubernetes);
  return {
    ref,
    command,
    args,
    pod: podOf(
      { task, context, policy, kubernetes, ref },
      Object.assign(containerOf(kubernetes, command, args), { env }),
    ),
    exitCodes: exitCodesOf(params),
    graceSeconds: optionalNumber(integerParam(kubernetes, 'stop_grace_seconds', { min: 0n, max: 3_600n })),
  };
}

/** The deprecated `entrypoint` is a line for the shell (specification §1.7). */
function commandOf(kubernetes: JsonObject): { readonly command: readonly string[]; readonly args: readonly string[] } {
  const entrypoint = textParam(kubernetes, 'entrypoint');
  if (entrypoint !== undefined) return { command: ['/bin/sh', '-c'], args: [entrypoint] };
  return { command: textsParam(kubernetes, 'command'), args: textsParam(kubernetes, 'args') };
}

interface PodParts {
  readonly task: Task;
  readonly context: RuntimeContext;
  readonly policy: KubernetesPolicy;
  readonly kubernetes: JsonObject;
  readonly ref: PodRef;
}

function podOf({ task, context, policy, kubernetes, ref }: PodParts, container: V1Container): Pod {
  const volumes = textsParam(kubernetes, 'volumes').map(volumeOf);
  const account = textParam(kubernetes, 'service_account');
  checkServiceAccount(policy, account);
  const seconds = Number(task.timeoutMillis) / 1_000;
  const grace = integerParam(kubernetes, 'stop_grace_seconds', { min: 0n, max: 3_600n });
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...ref, labels: labelsOf(kubernetes, context, ref), annotations: annotationsOf(kubernetes, task) },
    spec: {
      restartPolicy: 'Never',
      containers: [Object.assign(container, { volumeMounts: volumes.map(({ mount }) => mount) })],
      volumes: volumes.map(({ volume }) => volume),
      tolerations: textsParam(kubernetes, 'tolerations').map(tolerationOf),
      nodeSelector: userVariables(kubernetes['node_selector']),
      imagePullSecrets: textsParam(kubernetes, 'image_pull_secrets').map((name) => ({ name })),
      automountServiceAccountToken: account !== undefined,
      ...(account === undefined ? {} : { serviceAccountName: account }),
      ...(grace === undefined ? {} : { terminationGracePeriodSeconds: Number(grace) }),
      ...(seconds > 0 ? { activeDeadlineSeconds: Math.ceil(seconds) + DEADLINE_MARGIN_SECONDS } : {}),
    },
  };
}

function containerOf(kubernetes: JsonObject, command: readonly string[], args: readonly string[]): V1Container {
  const image = textParam(kubernetes, 'image');
  if (image === undefined) throw new StepFailure('FATAL_ERROR', 'The param "kubernetes.image" is missing.');
  const pullPolicy = textParam(kubernetes, 'image_pull_policy');
  const preStop = preStopOf(kubernetes);
  return {
    name: CONTAINER,
    image,
    resources: resourcesOf(kubernetes),
    securityContext: { allowPrivilegeEscalation: false, privileged: false },
    ...(command.length === 0 ? {} : { command: [...command] }),
    ...(args.length === 0 ? {} : { args: [...args] }),
    ...(pullPolicy === undefined ? {} : { imagePullPolicy: pullPolicy }),
    ...(preStop.length === 0 ? {} : { lifecycle: { preStop: { exec: { command: [...preStop] } } } }),
  };
}

function preStopOf(kubernetes: JsonObject): readonly string[] {
  const preStop = kubernetes['pre_stop'];
  const exec = isJsonObject(preStop) ? preStop['exec'] : undefined;
  return isJsonObject(exec) ? textsParam(exec, 'command') : [];
}

const RESOURCES = { cpu: 'cpu', memory: 'memory', disk: 'ephemeral-storage', gpu: 'nvidia.com/gpu' } as const;

function resourcesOf(kubernetes: JsonObject): V1ResourceRequirements {
  const given = Object.entries(RESOURCES).map(([name, resource]) => [resource, textParam(kubernetes, name)] as const);
  const limits = Object.fromEntries(given.filter((pair): pair is [(typeof pair)[0], string] => pair[1] !== undefined));
  return { limits };
}

/** Values of the cluster's own secrets never pass through us: `secrets` maps variables to `secret/key`. */
function environment(variables: Readonly<Record<string, string>>, kubernetes: JsonObject): V1EnvVar[] {
  const plain = Object.entries(variables).map(([name, value]): V1EnvVar => ({ name, value: literal(value) }));
  const secrets = Object.entries(userVariables(kubernetes['secrets'])).map(([variable, at]): V1EnvVar => {
    const [name = '', key = ''] = at.split('/');
    if (name === '' || key === '')
      throw new StepFailure('FATAL_ERROR', `"kubernetes.secrets.${variable}" must be secret/key.`);
    return { name: variable, valueFrom: { secretKeyRef: { name, key } } };
  });
  return [...plain, ...secrets];
}

/** Kubernetes itself expands `$(NAME)` in values; a param is not meant so. */
function literal(value: string): string {
  return value.replaceAll('$(', '$$$$(');
}

function labelsOf(kubernetes: JsonObject, context: RuntimeContext, { name }: PodRef): Record<string, string> {
  return {
    ...userVariables(kubernetes['labels']),
    app: labelValue(textParam(kubernetes, 'app_name') ?? CONTAINER),
    [ORCHESTRATOR_LABEL]: 'maestro',
    [ATTEMPT_LABEL]: context.attemptId,
    'maestro/job': name,
  };
}

function annotationsOf(kubernetes: JsonObject, task: Task): Record<string, string> {
  const owner = textParam(kubernetes, 'owner_email');
  return {
    ...userVariables(kubernetes['annotations']),
    orchestrator: 'maestro',
    workflow_identity: workflowIdentity(task),
    step_identity: stepIdentity(task),
    ...(owner === undefined ? {} : { owner_email: owner }),
  };
}

function labelValue(text: string): string {
  return text
    .replace(/[^A-Za-z0-9_.-]/g, '-')
    .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '')
    .slice(0, MAX_NAME);
}

/** podName makes a name that Kubernetes accepts of any key; keys that differ keep names that differ. */
export function podName(key: string): string {
  const plain = key
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '-')
    .replace(/^-+|-+$/g, '');
  if (plain === key && plain.length <= MAX_NAME) return plain;
  const mark = createHash('sha256').update(key).digest('hex').slice(0, 10);
  return `${plain.slice(0, MAX_NAME - mark.length - 1).replace(/-+$/, '') || 'maestro'}-${mark}`;
}

function exitCodesOf(params: JsonObject): ExitCodes {
  try {
    return readExitCodes(params['exit_codes']);
  } catch (error) {
    throw new StepFailure('FATAL_ERROR', `The param "exit_codes" is wrong: ${(error as Error).message}.`);
  }
}

function optionalNumber(value: bigint | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}
