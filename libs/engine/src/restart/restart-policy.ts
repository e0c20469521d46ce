import type { RestartConfig, RestartPolicy } from '@maestro/domain';

/** RestartPoint is what a restart means for the run that it has come to. */
export interface RestartPoint {
  readonly policy: RestartPolicy;
  /** With RESTART_FROM_SPECIFIC: the step to begin with. */
  readonly stepId: string | undefined;
  /** The path ends here: params and skipped steps are meant for this run. */
  readonly isTarget: boolean;
}

/**
 * restartPoint reads the path of a restart: above its end a run restarts from the step that the way leads through, at its end as was
 * asked, below it by the downstream policy (specification §3.3).
 */
export function restartPoint({ path, policy, downstreamPolicy }: RestartConfig): RestartPoint {
  const node = path.at(-1);
  if (node === undefined) return { policy: downstreamPolicy, stepId: undefined, isTarget: false };
  if (path.length > 1) return { policy: 'RESTART_FROM_SPECIFIC', stepId: node.stepId, isTarget: false };
  return { policy, stepId: policy === 'RESTART_FROM_SPECIFIC' ? node.stepId : undefined, isTarget: true };
}
