import { hasAborted, sleep } from '../container/wait-for.js';
import { ClusterError, type Cluster, type Pod, type PodRef } from './cluster.js';

const GONE = 410;
const NOT_FOUND = 404;
const RETRY_MS = 500;
/** A watch may be cut off without a word: so often it is looked whether the pod is still there. */
const SAFETY_MS = 15_000;

/** PodWatch is what is watched and who is told. */
export interface PodWatch {
  readonly cluster: Cluster;
  readonly ref: PodRef;
  readonly signal: AbortSignal;
  /** Milliseconds between safety checks; 15 s unless a test says otherwise. */
  readonly safetyMs?: number;
  /** Told each state of the pod, undefined when it is gone; answering true ends the watch. */
  seen(pod: Pod | undefined): boolean;
  /** Told when the server does not answer, for each time that it is asked again. */
  away(error: unknown): void;
}

/** watchPod tells what becomes of a pod until it has been told enough, or the signal aborts. Never rejects. */
export async function watchPod(watch: PodWatch): Promise<void> {
  const ended = new AbortController();
  const end = (): void => ended.abort();
  watch.signal.addEventListener('abort', end, { once: true });
  if (watch.signal.aborted) end();
  const told = (pod: Pod | undefined): void => {
    if (!ended.signal.aborted && watch.seen(pod)) end();
  };
  await Promise.all([follow(watch, ended.signal, told), checkNowAndThen(watch, ended.signal, told)]);
  watch.signal.removeEventListener('abort', end);
}

/** Reads the pod, then watches from its version on; begins anew when that version is too old for the server. */
async function follow({ cluster, ref, away }: PodWatch, signal: AbortSignal, told: (pod?: Pod) => void): Promise<void> {
  let version: string | undefined;
  while (!signal.aborted) {
    try {
      if (version === undefined) {
        const pod = await cluster.read(ref);
        told(pod);
        version = pod?.metadata?.resourceVersion ?? '';
      }
      const from = version;
      await cluster.watch(
        ref,
        from,
        ({ type, pod }) => {
          version = pod.metadata?.resourceVersion ?? version;
          if (type === 'DELETED') told(undefined);
          else if (type !== 'BOOKMARK') told(pod);
        },
        signal,
      );
    } catch (error) {
      if (hasAborted(signal)) return;
      const isOld = error instanceof ClusterError && (error.status === GONE || error.status === NOT_FOUND);
      if (isOld) version = undefined;
      else away(error);
      await sleep(RETRY_MS, signal);
    }
  }
}

async function checkNowAndThen(watch: PodWatch, signal: AbortSignal, told: (pod?: Pod) => void): Promise<void> {
  for (;;) {
    await sleep(watch.safetyMs ?? SAFETY_MS, signal);
    if (signal.aborted) return;
    try {
      told(await watch.cluster.read(watch.ref));
    } catch (error) {
      watch.away(error);
    }
  }
}
