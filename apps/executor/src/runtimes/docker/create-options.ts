import type Docker from 'dockerode';
import type { ContainerSpec } from './docker-engine.js';

/**
 * createOptions is a container as the engine wants it. No container of a step is privileged or gains privileges, none is
 * restarted, and its output stays on the engine until somebody has read it.
 */
export function createOptions(spec: ContainerSpec): Docker.ContainerCreateOptions {
  const { entrypoint, args, user, workingDir } = spec;
  return {
    Image: spec.image,
    Labels: { ...spec.labels },
    Env: Object.entries(spec.environment).map(([name, value]) => `${name}=${value}`),
    Tty: false,
    ...(entrypoint.length === 0 ? {} : { Entrypoint: [...entrypoint] }),
    // An entrypoint of the step's own does not get the arguments that the image has for its own.
    ...(entrypoint.length === 0 && args.length === 0 ? {} : { Cmd: [...args] }),
    ...(user === undefined ? {} : { User: user }),
    ...(workingDir === undefined ? {} : { WorkingDir: workingDir }),
    HostConfig: hostConfig(spec),
  };
}

function hostConfig({ binds, network, cpus, memoryBytes, pids }: ContainerSpec): Docker.HostConfig {
  return {
    Binds: [...binds],
    NetworkMode: network,
    Privileged: false,
    SecurityOpt: ['no-new-privileges'],
    RestartPolicy: { Name: 'no' },
    AutoRemove: false,
    Init: true,
    PidsLimit: pids,
    ...(cpus === undefined ? {} : { NanoCpus: Math.round(cpus * 1e9) }),
    // Without swap, or the limit would be half of the truth.
    ...(memoryBytes === undefined ? {} : { Memory: memoryBytes, MemorySwap: memoryBytes }),
  };
}
