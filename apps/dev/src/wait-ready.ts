import { setTimeout as delay } from 'node:timers/promises';
import { CRASH_LOOP, crashReport, type Supervised } from './supervisor.js';
import { HOST } from './service-environment.js';

const READY_TIMEOUT_MS = 60_000;
const POLL_MS = 30;

/**
 * waitReady asks a service's `GET /ready` until it answers 200. Fails when the service keeps ending or takes too long,
 * with what it said last.
 */
export async function waitReady(service: Supervised, metricsPort: number): Promise<void> {
  const deadline = performance.now() + READY_TIMEOUT_MS;
  let last = 'no answer';
  for (;;) {
    const answer = await ask(`http://${HOST}:${metricsPort}/ready`);
    if (answer === 'ready') return;
    if (answer !== undefined) last = answer;
    if (service.crashes >= CRASH_LOOP) throw new Error(crashReport(service.program));
    if (performance.now() > deadline) {
      const { name, logFile } = service.program;
      throw new Error(`${name} is not ready after ${READY_TIMEOUT_MS / 1_000} s: ${last}\nIts log: ${logFile}`);
    }
    await delay(POLL_MS);
  }
}

async function ask(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    return response.ok ? 'ready' : (await response.text()).trim();
  } catch {
    return undefined;
  }
}
