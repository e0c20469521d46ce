import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { temporaryFolder } from '../temporary-folder.js';
import { FakeContainer, type CreateRequest } from './fake-container.js';
import { tarOf } from './tar-of.js';

/** Where its containers find programs. */
const PLAIN_PATH = '/usr/local/bin:/usr/bin:/bin';

/** Images that its registry has, and their commands. */
const REGISTRY: Readonly<Record<string, readonly string[]>> = {
  'busybox:latest': ['sh', '-c', 'echo hello from the image'],
};

interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly body: Buffer;
}
type Handler = (call: Call, name: string) => void;

/**
 * FakeDocker speaks the part of Docker's Engine API (v1.41) that our runtime uses, over a real unix socket, and plays
 * containers by processes of this machine. The same contract tests run against a real engine.
 */
export class FakeDocker {
  readonly containers = new Map<string, FakeContainer>();
  /** What was asked, as `POST /containers/create`. */
  readonly calls: string[] = [];
  /** All containers that were ever created, by name. */
  readonly createdNames: string[] = [];
  private readonly images = new Set<string>();
  private server: Server | undefined;
  private readonly folder = temporaryFolder('fake-docker');

  get host(): string {
    return `unix://${this.socket}`;
  }

  private get socket(): string {
    return join(this.folder, 'docker.sock');
  }

  /** start begins to listen (again); containers go on in between. */
  async start(): Promise<this> {
    this.server = createServer((request, response) => void this.handle(request, response));
    await new Promise<void>((resolve) => this.server?.listen(this.socket, resolve));
    return this;
  }

  /** away: the engine is not there; what runs goes on. */
  async away(): Promise<void> {
    const { server } = this;
    if (server === undefined) return;
    this.server = undefined;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  async stop(): Promise<void> {
    await this.away();
    for (const container of this.containers.values()) container.dispose();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
    const url = new URL(request.url ?? '/', 'http://docker');
    const path = url.pathname.replace(/^\/v1\.\d+/, '');
    this.calls.push(`${request.method} ${path}`);
    for (const [method, pattern, handler] of this.routes) {
      const [matched, name = ''] = pattern.exec(path) ?? [];
      if (matched === undefined || method !== request.method) continue;
      handler({ request, response, url, body: Buffer.concat(pieces) }, decodeURIComponent(name));
      return;
    }
    fail(response, 404, `page not found: ${path}`);
  }

  private readonly routes: readonly (readonly [string, RegExp, Handler])[] = [
    ['GET', /^\/_ping$/, ({ response }) => response.end('OK')],
    ['GET', /^\/info$/, ({ response }) => json(response, 200, { ID: 'FAKE:ENGINE' })],
    ['GET', /^\/images\/(.+)\/json$/, (call, image) => this.inspectImage(call, image)],
    ['POST', /^\/images\/create$/, (call) => this.pull(call)],
    ['GET', /^\/containers\/json$/, (call) => this.list(call)],
    ['POST', /^\/containers\/create$/, (call) => this.create(call)],
    ['GET', /^\/containers\/([^/]+)\/json$/, (call, name) => this.on(call, name, (it) => inspect(call, it))],
    ['POST', /^\/containers\/([^/]+)\/start$/, (call, name) => this.on(call, name, (it) => start(call, it))],
    ['POST', /^\/containers\/([^/]+)\/wait$/, (call, name) => this.on(call, name, (it) => wait(call, it))],
    ['POST', /^\/containers\/([^/]+)\/stop$/, (call, name) => this.on(call, name, (it) => stop(call, it))],
    ['GET', /^\/containers\/([^/]+)\/logs$/, (call, name) => this.on(call, name, (it) => logs(call, it))],
    ['GET', /^\/containers\/([^/]+)\/archive$/, (call, name) => this.on(call, name, (it) => archive(call, it))],
    ['DELETE', /^\/containers\/([^/]+)$/, (call, name) => this.on(call, name, (it) => this.remove(call, it))],
  ];

  private on({ response }: Call, name: string, act: (container: FakeContainer) => void): void {
    const container = this.containers.get(name) ?? [...this.containers.values()].find(({ id }) => id === name);
    if (container === undefined) fail(response, 404, `No such container: ${name}`);
    else act(container);
  }

  private inspectImage({ response }: Call, image: string): void {
    if (this.images.has(tagged(image))) json(response, 200, { Id: `sha256:${image}` });
    else fail(response, 404, `No such image: ${image}`);
  }

  private pull({ response, url }: Call): void {
    const image = `${url.searchParams.get('fromImage')}:${url.searchParams.get('tag') ?? 'latest'}`.replace(
      /:latest:/,
      ':',
    );
    const known = tagged(image.replace(/(:[^/:]+):latest$/, '$1'));
    if (REGISTRY[known] === undefined) {
      fail(response, 404, `pull access denied for ${known}, repository does not exist`);
      return;
    }
    this.images.add(known);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write(`${JSON.stringify({ status: 'Pulling from library', id: known })}\r\n`);
    response.end(`${JSON.stringify({ status: `Status: Downloaded newer image for ${known}` })}\r\n`);
  }

  private create({ response, url, body }: Call): void {
    const name = url.searchParams.get('name') ?? '';
    const request = JSON.parse(body.toString()) as CreateRequest;
    const command = REGISTRY[tagged(request.Image)];
    if (command === undefined || !this.images.has(tagged(request.Image))) {
      fail(response, 404, `No such image: ${request.Image}`);
    } else if (this.containers.has(name)) {
      fail(response, 409, `Conflict. The container name "/${name}" is already in use by container.`);
    } else {
      const id = randomBytes(32).toString('hex');
      this.containers.set(name, new FakeContainer(id, name, request, command, PLAIN_PATH));
      this.createdNames.push(name);
      json(response, 201, { Id: id, Warnings: [] });
    }
  }

  private list({ response, url }: Call): void {
    const filters = JSON.parse(url.searchParams.get('filters') ?? '{}') as Readonly<Record<string, readonly string[]>>;
    const { label = [], status = [] } = filters;
    const found = [...this.containers.values()].filter(({ request: { Labels = {} }, status: is }) => {
      return label.every((pair) => Labels[pair.split('=')[0] ?? ''] === pair.split('=')[1]) && status.includes(is);
    });
    json(
      response,
      200,
      found.map(({ id, name, created }) => ({ Id: id, Names: [`/${name}`], Created: created })),
    );
  }

  private remove({ response, url }: Call, container: FakeContainer): void {
    if (container.status === 'running' && url.searchParams.get('force') !== 'true') {
      fail(response, 409, `You cannot remove a running container ${container.id}`);
      return;
    }
    this.containers.delete(container.name);
    container.dispose();
    response.writeHead(204).end();
  }
}

function inspect({ response }: Call, { id, name, status, exitCode, oomKilled, request }: FakeContainer): void {
  json(response, 200, {
    Id: id,
    Name: `/${name}`,
    Config: { Labels: request.Labels },
    State: {
      Status: status,
      Running: status === 'running',
      Paused: false,
      ExitCode: exitCode,
      OOMKilled: oomKilled,
      Error: '',
    },
  });
}

function start({ response }: Call, container: FakeContainer): void {
  if (container.status === 'running') {
    response.writeHead(304).end();
    return;
  }
  const problem = container.start();
  if (problem === undefined) response.writeHead(204).end();
  else fail(response, 400, `failed to create task: ${problem}`);
}

function wait({ response }: Call, container: FakeContainer): void {
  if (container.status === 'created') return void json(response, 200, { StatusCode: 0 });
  const ignore = container.listen((frame) => {
    if (frame === undefined) json(response, 200, { StatusCode: container.exitCode });
  }, 'now');
  response.once('close', ignore);
}

function stop({ response, url }: Call, container: FakeContainer): void {
  if (container.status !== 'running') {
    response.writeHead(304).end();
    return;
  }
  const kill = setTimeout(() => container.signal('SIGKILL'), Number(url.searchParams.get('t') ?? 10) * 1_000);
  container.listen((frame) => {
    if (frame !== undefined) return;
    clearTimeout(kill);
    response.writeHead(204).end();
  }, 'now');
  container.signal('SIGTERM');
}

function logs({ response, url }: Call, container: FakeContainer): void {
  response.writeHead(200, { 'content-type': 'application/vnd.docker.raw-stream' });
  response.flushHeaders();
  const since = Number(url.searchParams.get('since') ?? 0);
  const ignore = container.listen(
    (frame) => (frame === undefined ? response.end() : response.write(frame)),
    since > 0 ? 'now' : 'beginning',
  );
  response.once('close', ignore);
}

function archive({ response }: Call, container: FakeContainer): void {
  const content = container.output();
  if (content === undefined) fail(response, 404, 'Could not find the file in container');
  else response.writeHead(200, { 'content-type': 'application/x-tar' }).end(tarOf('output', content));
}

function tagged(image: string): string {
  return /:[^/]+$/.test(image) ? image : `${image}:latest`;
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function fail(response: ServerResponse, status: number, message: string): void {
  json(response, status, { message });
}
