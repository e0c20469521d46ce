import type { DockerSettings } from '../runtimes/docker/docker.js';

/** testDockerSettings are those of an executor without a Docker engine. */
export const testDockerSettings: DockerSettings = {
  engine: undefined,
  policy: { mounts: [], networks: ['none'], maxCpus: undefined, maxMemory: undefined, maxPids: 64 },
  patienceMs: 100,
};
