import type { V1Pod } from '@kubernetes/client-node';

/** Pod is a pod as the API server tells it. */
export type Pod = V1Pod;

/** PodRef names a pod. */
export interface PodRef {
  readonly namespace: string;
  readonly name: string;
}

/** PodEvent is what a watch tells. */
export interface PodEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
  readonly pod: Pod;
}

/** ClusterError is an answer of the API server that is not a success. `status` 0: it did not answer at all. */
export class ClusterError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const TOO_MANY_REQUESTS = 429;

/** isAway: the API server cannot be reached, or says that it should be asked again. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof ClusterError)) return false;
  return error.status === 0 || error.status === TOO_MANY_REQUESTS || error.status >= 500;
}

/** Cluster is what the runtime needs of a Kubernetes API server. All reject with a ClusterError. */
export interface Cluster {
  /** False: a pod of that name is there already. */
  create(namespace: string, pod: Pod): Promise<boolean>;
  /** Undefined when there is none. */
  read(ref: PodRef): Promise<Pod | undefined>;
  /** Tells what happens to one pod after a resource version; resolves when the server ends it, rejects with 410 when that version is too old. */
  watch(ref: PodRef, resourceVersion: string, told: (event: PodEvent) => void, signal: AbortSignal): Promise<void>;
  /** The log of a container until its end; `sinceSeconds` leaves out what was said earlier than that long ago. */
  follow(
    ref: PodRef,
    container: string,
    sinceSeconds: number | undefined,
    sink: (chunk: Uint8Array) => void,
    signal: AbortSignal,
  ): Promise<void>;
  /** Nothing happens when there is none; `uid` spares another pod of the same name. */
  remove(ref: PodRef, uid: string | undefined, graceSeconds: number | undefined): Promise<void>;
  /** Pods of a namespace with a label. */
  list(namespace: string, labelSelector: string): Promise<readonly Pod[]>;
}
