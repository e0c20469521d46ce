import { ORCHESTRATOR, ORCHESTRATOR_LABEL } from '../container/container-identity.js';
import type { DockerEngine } from './docker-engine.js';

/**
 * sweepContainers removes ended containers of steps that were created before `beforeSeconds` (since the epoch): whoever was to
 * remove them was killed between the scheduler's answer and that.
 */
export async function sweepContainers(engine: DockerEngine, beforeSeconds: number): Promise<number> {
  const names = await engine.leftovers(`${ORCHESTRATOR_LABEL}=${ORCHESTRATOR}`, beforeSeconds);
  for (const name of names) await engine.remove(name);
  return names.length;
}
