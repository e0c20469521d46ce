import { PassThrough, type Readable } from 'node:stream';
import type Docker from 'dockerode';
import { hasAborted, sleep } from '../container/wait-for.js';
import { createOptions } from './create-options.js';
import { EngineError, type ContainerState, type DockerEngine, type RegistryAuth, type Sink } from './docker-engine.js';
import { firstFile } from './first-file.js';

/** How often a container is looked at while the engine's own `wait` does not answer. */
const RECONNECT_MS = 500;

/** dockerodeEngine speaks to an engine at `unix:///..`, `tcp://..` or `http(s)://..`. The client is loaded on first use: it is large. */
export function dockerodeEngine(host: string): DockerEngine {
  let client: Promise<Docker> | undefined;
  const docker = (): Promise<Docker> => (client ??= connect(host));
  const container = async (name: string): Promise<Docker.Container> => (await docker()).getContainer(name);
  return {
    id: async () => (await asked(async () => (await (await docker()).info()) as { readonly ID: string })).ID,
    hasImage: async (image) => (await optional(async () => (await docker()).getImage(image).inspect())) !== undefined,
    pull: async (image, auth, progress, signal) => pull(await docker(), image, auth, progress, signal),
    create: async (name, spec) =>
      (await conflicting(async () => (await docker()).createContainer({ name, ...createOptions(spec) }))) !== undefined,
    inspect: async (name) => {
      const found = await optional(async () => (await container(name)).inspect());
      return found && stateOf(found);
    },
    start: async (name) => {
      await unchanged(async () => void (await (await container(name)).start()));
    },
    wait: async (name, signal) => untilEnded(await container(name), signal),
    follow: async (name, since, sink, signal) => follow(await docker(), name, since, sink, signal),
    stop: async (name, t) => {
      await unchanged(async () => void (await (await container(name)).stop({ t })));
    },
    remove: async (name) => {
      await optional(async () => void (await (await container(name)).remove({ force: true, v: true })));
    },
    readFile: async (name, path, maxBytes) => {
      const tar = await optional(async () => (await container(name)).getArchive({ path }));
      return tar && firstFile(tar as unknown as Readable, maxBytes);
    },
    leftovers: async (label, before) => {
      const filters = { label: [label], status: ['exited', 'created', 'dead'] };
      const found = await asked(async () => (await docker()).listContainers({ all: true, filters }));
      return found.filter(({ Created }) => Created < before).flatMap(({ Names }) => Names.slice(0, 1).map(plainName));
    },
  };
}

async function connect(host: string): Promise<Docker> {
  const { default: Client } = await import('dockerode');
  const url = new URL(host);
  if (url.protocol === 'unix:') return new Client({ socketPath: url.pathname });
  const protocol = url.protocol === 'https:' ? 'https' : 'http';
  return new Client({ protocol, host: url.hostname, port: Number(url.port || (protocol === 'https' ? 2376 : 2375)) });
}

const plainName = (name: string): string => name.replace(/^\//, '');

function stateOf({ Id, State }: Docker.ContainerInspectInfo): ContainerState {
  const fresh = State.Status === 'created' || State.Status === 'configured';
  const ended = !State.Running && !State.Paused && !fresh;
  return {
    id: Id,
    phase: fresh ? 'created' : ended ? 'ended' : 'running',
    exitCode: State.ExitCode,
    oomKilled: State.OOMKilled,
    error: State.Error,
  };
}

async function pull(
  docker: Docker,
  image: string,
  auth: RegistryAuth | undefined,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const options = { abortSignal: signal, ...(auth === undefined ? {} : { authconfig: auth }) };
  const stream = await asked(() => docker.pull(named(image), options));
  await asked(
    () =>
      new Promise<void>((resolve, reject) => {
        const told = ({ status, id }: { readonly status?: string; readonly id?: string }): void =>
          progress([id, status].filter(Boolean).join(': '));
        const done = (error: Error | null): void => (error ? reject(inStream(error)) : resolve());
        docker.modem.followProgress(stream, done, told);
      }),
  );
}

/** What the engine tells within its answer has no status of its own: the registry refused. */
function inStream(error: Error): Error {
  return 'code' in error ? error : Object.assign(error, { statusCode: 422 });
}

/** Without a tag the engine would fetch all of them. */
function named(image: string): string {
  return /[:@][^/]+$/.test(image) ? image : `${image}:latest`;
}

/** The engine's answer may never come (a proxy in between gave up): then its state decides. */
async function untilEnded(container: Docker.Container, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await asked(() => container.wait({ condition: 'not-running', abortSignal: signal }));
      return;
    } catch (error) {
      if (hasAborted(signal) || !(error instanceof EngineError) || error.status !== 0) throw error;
      await sleep(RECONNECT_MS, signal);
      if (stateOf(await asked(() => container.inspect())).phase === 'ended') return;
    }
  }
}

async function follow(
  docker: Docker,
  name: string,
  since: number,
  sink: Sink,
  abortSignal: AbortSignal,
): Promise<void> {
  const options = { follow: true, stdout: true, stderr: true, since, abortSignal } as const;
  const stream = (await asked(() => docker.getContainer(name).logs(options))) as unknown as Readable;
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  stdout.on('data', (chunk: Buffer) => sink('stdout', chunk));
  stderr.on('data', (chunk: Buffer) => sink('stderr', chunk));
  docker.modem.demuxStream(stream, stdout, stderr);
  await asked(
    () =>
      new Promise<void>((resolve, reject) => {
        stream.once('end', resolve);
        stream.once('close', resolve);
        stream.once('error', reject);
      }),
  );
  await Promise.all([stdout, stderr].map((side) => finished(side)));
}

function finished(side: PassThrough): Promise<void> {
  return new Promise((resolve) => {
    side.once('end', resolve);
    side.end();
  });
}

/** asked gives every failure as an EngineError. */
async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { statusCode = 0, reason } = error as { readonly statusCode?: number; readonly reason?: string };
    const message = error instanceof Error ? error.message : String(error);
    throw new EngineError(statusCode, reason === undefined ? message : `${reason}: ${message}`);
  }
}

const besides =
  (expected: number, words?: RegExp) =>
  async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await asked(work);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      if (error.status === expected || words?.test(error.message) === true) return undefined;
      throw error;
    }
  };

/** Answers 404 (there is none), 409 (there is one) and 304 (it is so already) are no failures where these are used. */
const optional = besides(404);
/** Podman answers 500 when two create at the same moment. */
const conflicting = besides(409, /name .* is already in use/);
const unchanged = besides(304);
