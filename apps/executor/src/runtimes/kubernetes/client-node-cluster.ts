import { Writable } from 'node:stream';
import type * as k8s from '@kubernetes/client-node';
import { ClusterError, type Cluster, type Pod, type PodEvent, type PodRef } from './cluster.js';

type Client = typeof k8s;

/** Where the credentials for a cluster come from. */
export interface ClusterAccess {
  /** `cluster`: the service account of the pod that we run in; else the path of a kubeconfig file. */
  readonly config: string;
  /** A context of that file; undefined = its current one. */
  readonly context: string | undefined;
}

interface Connection {
  readonly core: k8s.CoreV1Api;
  readonly watch: k8s.Watch;
  readonly log: k8s.Log;
}

/** How long the server keeps a watch open before it is to be opened again. */
const WATCH_SECONDS = 300;

/** clientNodeCluster speaks to a Kubernetes API server. The client is loaded on first use: it is large. */
export function clientNodeCluster(access: ClusterAccess): Cluster {
  let connection: Promise<Connection> | undefined;
  const connected = (): Promise<Connection> => (connection ??= connect(access));
  return {
    create: async (namespace, body) => {
      const { core } = await connected();
      return (await except(409, () => core.createNamespacedPod({ namespace, body }))) !== undefined;
    },
    read: async (ref) => {
      const { core } = await connected();
      return except(404, () => core.readNamespacedPod(ref));
    },
    watch: async (ref, resourceVersion, told, signal) =>
      watchPod(await connected(), ref, { resourceVersion, told, signal }),
    follow: async (ref, container, sinceSeconds, sink, signal) =>
      follow(await connected(), ref, { container, sinceSeconds, sink, signal }),
    remove: async (ref, uid, gracePeriodSeconds) => {
      const { core } = await connected();
      const body = {
        ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
        ...(uid === undefined ? {} : { preconditions: { uid } }),
      };
      await except(404, () => except(409, () => core.deleteNamespacedPod({ ...ref, body })));
    },
    list: async (namespace, labelSelector) => {
      const { core } = await connected();
      return (await asked(() => core.listNamespacedPod({ namespace, labelSelector }))).items;
    },
  };
}

async function connect({ config, context }: ClusterAccess): Promise<Connection> {
  const client: Client = await import('@kubernetes/client-node');
  const kubeConfig = new client.KubeConfig();
  if (config === 'cluster') kubeConfig.loadFromCluster();
  else kubeConfig.loadFromFile(config);
  if (context !== undefined) kubeConfig.setCurrentContext(context);
  const core = kubeConfig.makeApiClient(client.CoreV1Api);
  return { core, watch: new client.Watch(kubeConfig), log: new client.Log(kubeConfig) };
}

interface Watching {
  readonly resourceVersion: string;
  readonly told: (event: PodEvent) => void;
  readonly signal: AbortSignal;
}

function watchPod({ watch }: Connection, { namespace, name }: PodRef, options: Watching): Promise<void> {
  const { resourceVersion, told, signal } = options;
  const query = {
    fieldSelector: `metadata.name=${name}`,
    resourceVersion,
    allowWatchBookmarks: true,
    timeoutSeconds: WATCH_SECONDS,
  };
  return new Promise((resolve, reject) => {
    let failure: ClusterError | undefined;
    const heard = (type: string, object: unknown): void => {
      if (type === 'ERROR') failure = statusError(object);
      else told({ type: type as PodEvent['type'], pod: object as Pod });
    };
    const done = (error: unknown): void => {
      if (failure !== undefined) reject(failure);
      else if (error && !signal.aborted) reject(errorOf(error));
      else resolve();
    };
    watch.watch(`/api/v1/namespaces/${namespace}/pods`, query, heard, done).then((controller) => {
      if (signal.aborted) controller.abort();
      else signal.addEventListener('abort', () => controller.abort(), { once: true });
    }, done);
  });
}

interface Following {
  readonly container: string;
  readonly sinceSeconds: number | undefined;
  readonly sink: (chunk: Uint8Array) => void;
  readonly signal: AbortSignal;
}

async function follow({ log }: Connection, { namespace, name }: PodRef, options: Following): Promise<void> {
  const { container, sinceSeconds, sink, signal } = options;
  const stream = new Writable({
    write(chunk: Buffer, _encoding, written) {
      sink(chunk);
      written();
    },
  });
  const ended = new Promise<void>((resolve, reject) => {
    stream.once('finish', resolve);
    stream.once('close', resolve);
    stream.once('error', reject);
    // The client does not look after the answer that it reads from: a broken connection would go unnoticed.
    stream.once('pipe', (answer) => answer.once('error', reject));
  });
  const since = sinceSeconds === undefined ? {} : { sinceSeconds };
  // Awaited below, if the request succeeds at all.
  ended.catch(() => undefined);
  const controller = await asked(() => log.log(namespace, name, container, stream, { follow: true, ...since }));
  const abort = (): void => {
    controller.abort();
    stream.destroy();
  };
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  await asked(() => ended).finally(() => signal.removeEventListener('abort', abort));
}

/** except gives undefined for one status that is no failure where it is used. */
async function except<T>(status: number, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await asked(work);
  } catch (error) {
    if (error instanceof ClusterError && error.status === status) return undefined;
    throw error;
  }
}

async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw errorOf(error);
  }
}

/** The client's errors carry the server's Status as text. */
function errorOf(error: unknown): ClusterError {
  if (error instanceof ClusterError) return error;
  const { code, statusCode, body } = error as {
    readonly code?: unknown;
    readonly statusCode?: number;
    readonly body?: string;
  };
  const status = typeof code === 'number' ? code : (statusCode ?? 0);
  const plain = error instanceof Error ? error.message : String(error);
  return new ClusterError(status, messageOf(body) ?? plain);
}

function messageOf(body: unknown): string | undefined {
  if (typeof body !== 'string') return undefined;
  try {
    return (JSON.parse(body) as { readonly message?: string }).message;
  } catch {
    return undefined;
  }
}

function statusError(object: unknown): ClusterError {
  const { code = 0, message = 'the watch failed' } = object as { readonly code?: number; readonly message?: string };
  return new ClusterError(code, message);
}
