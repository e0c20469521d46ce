import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PodObject } from './pod-object.js';

interface Change {
  readonly version: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly pod: PodObject;
}

/** Exchange is one request as it came over the wire. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly status: number;
}

interface Call {
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly namespace: string;
  readonly name: string;
}

const DEFAULT_GRACE_SECONDS = 30;

/**
 * FakeApiServer speaks the part of the Kubernetes API (core/v1 pods) that our runtime uses, over real sockets: create, read,
 * list, watch with resource versions, patch, bind, delete with grace, log. What it plays is told by a FakeKubelet.
 */
export class FakeApiServer {
  readonly exchanges: Exchange[] = [];
  /** Names of all pods that were ever created. */
  readonly created: string[] = [];
  /** Serves logs; set by who plays the node. */
  serveLog: (pod: PodObject, sinceSeconds: number, response: ServerResponse) => void = (_pod, _since, it) =>
    void it.end();
  private readonly pods = new Map<string, PodObject>();
  private readonly changes: Change[] = [];
  private readonly watchers = new Set<(change: Change) => void>();
  private version = 1;
  /** Versions up to that are forgotten. */
  private compacted = 0;
  private server: Server | undefined;
  private port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** start begins to listen (again), at the same port. */
  async start(): Promise<this> {
    this.server = createServer((request, response) => void this.handle(request, response));
    await new Promise<void>((resolve) => this.server?.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
    return this;
  }

  /** away: the server is not there; pods go on. */
  async away(): Promise<void> {
    const { server } = this;
    if (server === undefined) return;
    this.server = undefined;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  /** compact forgets old versions: watches that begin at one of them get 410 Gone. All open watches are cut off. */
  compact(): void {
    this.compacted = this.version;
    this.server?.closeAllConnections();
  }

  pod(name: string, namespace = 'default'): PodObject | undefined {
    return this.pods.get(`${namespace}/${name}`);
  }

  /** names are those of all pods there are. */
  names(): readonly string[] {
    return [...this.pods.values()].map(({ metadata }) => metadata.name);
  }

  /** kubeConfig is the text of a file by which clients find it. */
  kubeConfig(): string {
    const named = (kind: string, body: object) => [{ name: 'fake', [kind]: body }];
    return JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: named('cluster', { server: this.url, 'insecure-skip-tls-verify': true }),
      users: named('user', { token: 'none' }),
      contexts: named('context', { cluster: 'fake', user: 'fake' }),
      'current-context': 'fake',
    });
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
    const text = Buffer.concat(pieces).toString();
    const url = new URL(request.url ?? '/', this.url);
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const [matched, namespace = '', name = '', sub = ''] =
      /^\/api\/v1\/namespaces\/([^/]+)\/pods(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(url.pathname) ?? [];
    const call: Call = { response, query: url.searchParams, body, namespace, name };
    if (matched === undefined) refuse(response, 404, 'NotFound', `${url.pathname} is not played`);
    else this.route(`${request.method} ${name === '' ? 'pods' : 'pod'}${sub === '' ? '' : `/${sub}`}`, call);
    const query = Object.fromEntries(url.searchParams);
    this.exchanges.push({ method: request.method ?? '', path: url.pathname, query, body, status: response.statusCode });
  }

  private route(what: string, call: Call): void {
    const { response, namespace, name, query } = call;
    if (what === 'POST pods') return this.create(call);
    if (what === 'GET pods') return query.get('watch') === 'true' ? this.watch(call) : this.list(call);
    const pod = this.pods.get(`${namespace}/${name}`);
    if (pod === undefined) return refuse(response, 404, 'NotFound', `pods "${name}" not found`);
    if (what === 'GET pod') return answer(response, 200, pod);
    if (what === 'DELETE pod') return this.delete(call, pod);
    if (what === 'PATCH pod/status') return this.patch(call, pod);
    if (what === 'POST pod/binding') return this.bind(call, pod);
    if (what === 'GET pod/log') return this.serveLog(pod, Number(query.get('sinceSeconds') ?? NaN), response);
    refuse(response, 405, 'MethodNotAllowed', what);
  }

  private create({ response, body, namespace }: Call): void {
    const given = body as PodObject;
    const key = `${namespace}/${given.metadata.name}`;
    if (this.pods.has(key))
      return refuse(response, 409, 'AlreadyExists', `pods "${given.metadata.name}" already exists`);
    if (given.spec.containers.some(({ image }) => image === ''))
      return refuse(response, 422, 'Invalid', 'image: Required value');
    const pod = structuredClone(given);
    pod.metadata = { ...pod.metadata, namespace, uid: randomUUID(), creationTimestamp: new Date().toISOString() };
    pod.status = { phase: 'Pending' };
    this.pods.set(key, pod);
    this.created.push(pod.metadata.name);
    this.changed('ADDED', pod);
    answer(response, 201, pod);
  }

  private list({ response, namespace, query }: Call): void {
    const items = [...this.pods.values()].filter((pod) => pod.metadata.namespace === namespace && selects(query, pod));
    answer(response, 200, {
      apiVersion: 'v1',
      kind: 'PodList',
      metadata: { resourceVersion: String(this.version) },
      items,
    });
  }

  private watch({ response, namespace, query }: Call): void {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    const from = Number(query.get('resourceVersion') ?? 0);
    const tell = (type: string, object: unknown): void => void response.write(`${JSON.stringify({ type, object })}\n`);
    if (from > 0 && from < this.compacted) {
      tell('ERROR', status(410, 'Expired', `too old resource version: ${from} (${this.compacted})`));
      response.end();
      return;
    }
    const concerned = ({ metadata }: PodObject): boolean => metadata.namespace === namespace;
    const told = ({ version, type, pod }: Change): void => {
      if (version > from && concerned(pod) && selects(query, pod)) tell(type, pod);
    };
    this.changes.forEach(told);
    this.watchers.add(told);
    response.once('close', () => this.watchers.delete(told));
  }

  private patch({ response, body }: Call, pod: PodObject): void {
    const { metadata, status: changes } = body as Pick<PodObject, 'metadata' | 'status'>;
    if (metadata.uid !== pod.metadata.uid) {
      refuse(response, 409, 'Conflict', 'the UID does not match');
      return;
    }
    pod.status = { ...pod.status, ...changes };
    this.changed('MODIFIED', pod);
    answer(response, 200, pod);
  }

  private bind({ response, body }: Call, pod: PodObject): void {
    pod.spec.nodeName = (body as { target: { name: string } }).target.name;
    this.changed('MODIFIED', pod);
    answer(response, 201, status(201, 'Created', ''));
  }

  private delete({ response, body, query }: Call, pod: PodObject): void {
    const options = (body ?? {}) as { gracePeriodSeconds?: number; preconditions?: { uid?: string } };
    const { uid } = options.preconditions ?? {};
    if (uid !== undefined && uid !== pod.metadata.uid)
      return refuse(response, 409, 'Conflict', 'the UID in the precondition does not match');
    const asked = options.gracePeriodSeconds ?? Number(query.get('gracePeriodSeconds') ?? NaN);
    const grace = Number.isNaN(asked) ? (pod.spec.terminationGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS) : asked;
    if (grace === 0 || pod.spec.nodeName === undefined) {
      this.pods.delete(`${pod.metadata.namespace}/${pod.metadata.name}`);
      this.changed('DELETED', pod);
    } else if (pod.metadata.deletionTimestamp === undefined) {
      pod.metadata.deletionTimestamp = new Date(Date.now() + grace * 1_000).toISOString();
      pod.metadata.deletionGracePeriodSeconds = grace;
      this.changed('MODIFIED', pod);
    }
    answer(response, 200, pod);
  }

  private changed(type: Change['type'], pod: PodObject): void {
    this.version += 1;
    pod.metadata.resourceVersion = String(this.version);
    const change = { version: this.version, type, pod: structuredClone(pod) };
    this.changes.push(change);
    for (const watcher of this.watchers) watcher(change);
  }
}

function selects(query: URLSearchParams, { metadata }: PodObject): boolean {
  const field = query.get('fieldSelector')?.replace('metadata.name=', '');
  const labels = (query.get('labelSelector') ?? '').split(',').filter((pair) => pair !== '');
  const hasLabels = labels.every((pair) => metadata.labels?.[pair.split('=')[0] ?? ''] === pair.split('=')[1]);
  return (field === undefined || field === metadata.name) && hasLabels;
}

function status(code: number, reason: string, message: string): object {
  return { apiVersion: 'v1', kind: 'Status', status: code < 400 ? 'Success' : 'Failure', reason, message, code };
}

function refuse(response: ServerResponse, code: number, reason: string, message: string): void {
  answer(response, code, status(code, reason, message));
}

function answer(response: ServerResponse, code: number, body: unknown): void {
  response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
