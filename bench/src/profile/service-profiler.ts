import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pollUntil } from '@maestro/launcher';
import { describeProfile, type CpuProfile } from './describe-profile.js';

const WRITE_TIMEOUT_MS = 60_000;

/** ProfileHook makes the services of a Maestro write CPU profiles: bin/profile-hook.cjs, loaded by NODE_OPTIONS. */
export class ProfileHook {
  /** The profiles stay here. */
  readonly folder = mkdtempSync(join(tmpdir(), 'maestro-bench-profiles-'));

  constructor(
    private readonly root: string,
    readonly service: string,
  ) {}

  /** What the services must be started with, beside the environment that they get anyway. */
  settings(env: NodeJS.ProcessEnv): Record<string, string> {
    const hook = join(this.root, 'bench', 'bin', 'profile-hook.cjs');
    return {
      NODE_OPTIONS: `${env['NODE_OPTIONS'] ?? ''} --require "${hook}"`,
      MAESTRO_BENCH_PROFILE_SERVICE: this.service,
      MAESTRO_BENCH_PROFILE_FOLDER: this.folder,
    };
  }
}

/** ServiceProfiler starts and stops the profile of one running service. */
export class ServiceProfiler {
  private running = false;

  constructor(
    private readonly hook: ProfileHook,
    private readonly pid: number,
    private readonly print: (text: string) => void,
  ) {}

  /** start begins a profile. */
  start(): void {
    if (this.running) return;
    this.running = true;
    process.kill(this.pid, 'SIGUSR2');
  }

  /** stop ends the profile, if one was begun, and prints where the time of the named work went. */
  async stop(work: string): Promise<void> {
    if (!this.running) return;
    this.running = false;
    const known = new Set(readdirSync(this.hook.folder));
    process.kill(this.pid, 'SIGUSR2');
    const file = await pollUntil(
      () => readdirSync(this.hook.folder).find((name) => name.endsWith('.cpuprofile') && !known.has(name)),
      WRITE_TIMEOUT_MS,
      () => `the ${this.hook.service} wrote no profile into ${this.hook.folder}`,
    );
    const path = join(this.hook.folder, file);
    const profile = JSON.parse(readFileSync(path, 'utf8')) as CpuProfile;
    const description = describeProfile(profile, readSource);
    this.print(`\nProfile of the ${this.hook.service} during ${work}: ${path}\n${description}\n`);
  }
}

function readSource(url: string): string | undefined {
  const path = url.replace('file://', '');
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
