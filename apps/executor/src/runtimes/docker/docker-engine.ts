/** PullPolicy says when an image is fetched from its registry. */
export type PullPolicy = 'always' | 'if-missing' | 'never';

/** RegistryAuth is what a registry wants to know. */
export interface RegistryAuth {
  readonly username: string;
  readonly password: string;
  readonly serveraddress?: string;
}

/** ContainerSpec is a container to create. */
export interface ContainerSpec {
  readonly image: string;
  /** Instead of the image's own; empty = the image's own. */
  readonly entrypoint: readonly string[];
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly user: string | undefined;
  readonly workingDir: string | undefined;
  /** `/host:/container:ro`. */
  readonly binds: readonly string[];
  readonly network: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly cpus: number | undefined;
  readonly memoryBytes: number | undefined;
  readonly pids: number;
}

/** ContainerState is what the engine says of a container. */
export interface ContainerState {
  readonly id: string;
  readonly phase: 'created' | 'running' | 'ended';
  readonly exitCode: number;
  readonly oomKilled: boolean;
  /** What kept it from starting. */
  readonly error: string;
}

/** EngineError is an answer of the engine that is not a success. `status` 0: it did not answer at all. */
export class EngineError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** isAway: the engine cannot be reached or is not itself right now; asking again makes sense. */
export function isAway(error: unknown): boolean {
  return error instanceof EngineError && (error.status === 0 || error.status >= 500);
}

/** isUnreachable: it did not answer at all. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof EngineError && error.status === 0;
}

/** Sink takes the output of a container as it comes. */
export type Sink = (stream: 'stdout' | 'stderr', chunk: Uint8Array) => void;

/** DockerEngine is what the runtime needs of a Docker engine. Names are those of containers. All reject with an EngineError. */
export interface DockerEngine {
  /** Tells engines apart: a container is only there where it was created. */
  id(): Promise<string>;
  hasImage(image: string): Promise<boolean>;
  pull(
    image: string,
    auth: RegistryAuth | undefined,
    progress: (line: string) => void,
    signal: AbortSignal,
  ): Promise<void>;
  /** False: a container of that name is there already. */
  create(name: string, spec: ContainerSpec): Promise<boolean>;
  /** Undefined when there is none. */
  inspect(name: string): Promise<ContainerState | undefined>;
  start(name: string): Promise<void>;
  /** Resolves when it does not run any more. */
  wait(name: string, signal: AbortSignal): Promise<void>;
  /** Everything it said, and what it says until it ends. `sinceSeconds` = since the epoch; 0 = from its beginning. */
  follow(name: string, sinceSeconds: number, sink: Sink, signal: AbortSignal): Promise<void>;
  /** Its main process gets SIGTERM and, after the grace, SIGKILL. */
  stop(name: string, graceSeconds: number): Promise<void>;
  /** With its anonymous volumes, also when it runs. */
  remove(name: string): Promise<void>;
  /** A file of its file system; undefined when there is none. */
  readFile(name: string, path: string, maxBytes: number): Promise<Uint8Array | undefined>;
  /** Ended or never started containers with a label, by name, that were created before. */
  leftovers(label: string, beforeSeconds: number): Promise<readonly string[]>;
}
