import { posix } from 'node:path';
import { StepFailure } from '../process/step-failure.js';

/** DockerPolicy is what the operator of an executor lets containers of steps have. */
export interface DockerPolicy {
  /** Folders of the host below which steps may mount; `:rw` behind one lets them write. */
  readonly mounts: readonly { readonly path: string; readonly writable: boolean }[];
  /** Networks that steps may choose; the first is the default. */
  readonly networks: readonly [string, ...string[]];
  /** Most that a container may have; undefined = no limit. */
  readonly maxCpus: number | undefined;
  readonly maxMemory: number | undefined;
  /** Processes and threads of a container. */
  readonly maxPids: number;
}

/** bindOf checks one mount of a step, `/host/path:/container/path[:ro|:rw]`, and gives it as the engine wants it. Throws a StepFailure. */
export function bindOf(policy: DockerPolicy, mount: string): string {
  const [source = '', target = '', mode = 'ro', ...more] = mount.split(':');
  const absolute = posix.isAbsolute(source) && posix.isAbsolute(target);
  if (!absolute || more.length > 0 || (mode !== 'ro' && mode !== 'rw')) {
    throw new StepFailure(
      'FATAL_ERROR',
      `"docker.mounts": "${mount}" must be /path/of/host:/path/in/container[:ro|:rw].`,
    );
  }
  const path = posix.normalize(source).replace(/(.)\/$/, '$1');
  const allowed = policy.mounts.filter((folder) => isWithin(path, folder.path));
  if (allowed.length === 0) {
    throw new StepFailure('FATAL_ERROR', `"docker.mounts": this executor does not allow to mount "${path}".`);
  }
  if (mode === 'rw' && !allowed.some(({ writable }) => writable)) {
    throw new StepFailure('FATAL_ERROR', `"docker.mounts": "${path}" may only be mounted read-only here.`);
  }
  return `${path}:${target}:${mode}`;
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`);
}

/** networkOf is the network of a step: the one it asks for, when it may. Throws a StepFailure. */
export function networkOf({ networks }: DockerPolicy, wanted: string | undefined): string {
  const [standard] = networks;
  const network = wanted ?? standard;
  if (networks.includes(network)) return network;
  const known = networks.join(', ');
  throw new StepFailure('FATAL_ERROR', `"docker.network": "${network}" is not allowed here; allowed: ${known}.`);
}
