import type { RuntimeOutcome } from '../runtime.js';
import type { ExitCodes } from '../process/exit-codes.js';
import type { Pod } from './cluster.js';

/** PodEnd says how a pod ended, and why. */
export interface PodEnd {
  readonly outcome: Exclude<RuntimeOutcome, 'STOPPED'>;
  readonly message: string | undefined;
  readonly exitCode: number | undefined;
}

/** Reasons of a failed pod that are the cluster's doing: its node is gone, too full, shut down, or needed by others. */
const BY_CLUSTER: ReadonlySet<string> = new Set([
  'Evicted',
  'NodeLost',
  'NodeAffinity',
  'NodeShutdown',
  'Shutdown',
  'Terminated',
  'Preempting',
  'UnexpectedAdmissionError',
  'OutOfcpu',
  'OutOfmemory',
  'OutOfpods',
]);

/** Reasons for which a container waits and that do not go away by themselves, unless the user changes something. */
const STUCK: ReadonlySet<string> = new Set([
  'ImagePullBackOff',
  'ErrImagePull',
  'ErrImageNeverPull',
  'InvalidImageName',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
]);

const statusOf = ({ status }: Pod) => status?.containerStatuses?.[0];

/** endOf is how a pod ended; undefined while it has not. */
export function endOf(pod: Pod, exitCodes: ExitCodes): PodEnd | undefined {
  const { phase } = pod.status ?? {};
  if (phase !== 'Succeeded' && phase !== 'Failed') return undefined;
  const terminated = statusOf(pod)?.state?.terminated;
  const exitCode = terminated?.exitCode;
  if (phase === 'Succeeded') return { outcome: 'DONE', message: undefined, exitCode };
  const { reason, message } = pod.status ?? {};
  if (reason === 'DeadlineExceeded') return { outcome: 'TIMED_OUT', message, exitCode };
  const disrupted = pod.status?.conditions?.find(
    ({ type, status }) => type === 'DisruptionTarget' && status === 'True',
  );
  if (BY_CLUSTER.has(reason ?? '') || disrupted !== undefined) {
    const why = [reason ?? disrupted?.reason, message ?? disrupted?.message].filter(Boolean).join(': ');
    return { outcome: 'PLATFORM_ERROR', message: `The cluster ended the pod (${why}).`, exitCode };
  }
  if (terminated?.reason === 'OOMKilled') {
    const hint = 'The container was killed because it needed more memory than it may have: raise kubernetes.memory.';
    return { outcome: 'USER_ERROR', message: hint, exitCode };
  }
  const outcome = exitCodes.outcomeOf(exitCode ?? null, null);
  const why = terminated?.message ?? message ?? '';
  return { outcome, message: `The pod failed with exit code ${exitCode ?? 'unknown'}. ${why}`.trim(), exitCode };
}

/** waitsFor says what keeps a pod from running; `stuck`: it does not go away by itself. */
export function waitsFor(pod: Pod): { readonly why: string; readonly stuck: boolean } | undefined {
  const waiting = statusOf(pod)?.state?.waiting;
  if (waiting?.reason !== undefined && waiting.reason !== 'ContainerCreating') {
    return { why: [waiting.reason, waiting.message].filter(Boolean).join(': '), stuck: STUCK.has(waiting.reason) };
  }
  const unscheduled = pod.status?.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False');
  if (unscheduled === undefined) return undefined;
  return { why: [unscheduled.reason, unscheduled.message].filter(Boolean).join(': '), stuck: false };
}

/** hasLog says that a container has begun, so that there is a log to read. */
export function hasLog(pod: Pod): boolean {
  const state = statusOf(pod)?.state;
  return state?.running !== undefined || state?.terminated !== undefined;
}
