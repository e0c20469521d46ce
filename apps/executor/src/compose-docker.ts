import type { ExecutorConfig } from './config.js';
import { every } from './loops/every.js';
import type { DockerSettings } from './runtimes/docker/docker.js';
import type { DockerPolicy } from './runtimes/docker/docker-policy.js';
import { dockerodeEngine } from './runtimes/docker/dockerode-engine.js';
import { sweepContainers } from './runtimes/docker/sweep.js';

/** How long a Docker engine that does not answer is waited for while nothing runs there. */
const PATIENCE_MS = 60_000;
const SWEEP_MS = 10 * 60_000;

/** dockerRuntimeSettings are the engine of this executor and what its operator lets containers have. */
export function dockerRuntimeSettings(config: ExecutorConfig): DockerSettings {
  const engine = config.dockerHost === undefined ? undefined : dockerodeEngine(config.dockerHost);
  return { engine, policy: policyOf(config), patienceMs: PATIENCE_MS };
}

/** sweepLoop removes what ended long ago and nobody removed, until the result is called. */
export function sweepLoop(config: ExecutorConfig, failed: (error: unknown) => void): () => void {
  const { engine } = dockerRuntimeSettings(config);
  if (engine === undefined) return () => undefined;
  const keepSeconds = config.dockerKeepHours * 3_600;
  const sweep = async (): Promise<void> => void (await sweepContainers(engine, Date.now() / 1_000 - keepSeconds));
  return every(SWEEP_MS, sweep, failed);
}

function policyOf(config: ExecutorConfig): DockerPolicy {
  const [first = 'none', ...more] = listOf(config.dockerNetworks);
  return {
    mounts: listOf(config.dockerMounts ?? '').map((folder) => ({
      path: folder.replace(/:r[ow]$/, '').replace(/(.)\/$/, '$1'),
      writable: folder.endsWith(':rw'),
    })),
    networks: [first, ...more],
    maxCpus: config.dockerMaxCpu,
    maxMemory: config.dockerMaxMemory,
    maxPids: config.dockerMaxPids,
  };
}

/** listOf reads words that are separated by commas. */
export function listOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}
