import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { repositoryRoot, temporaryFolder, waitUntil } from '@maestro/testing';

/** bundled is a program of the examples in one file; `file` is below the root of the repository. */
export function bundled(file: string): string {
  const outfile = join(temporaryFolder('example'), 'program.cjs');
  buildSync({
    entryPoints: [join(repositoryRoot(), file)],
    outfile,
    bundle: true,
    platform: 'node',
    conditions: ['maestro-source'],
    logLevel: 'error',
  });
  return outfile;
}

/** ExampleProcess is a program of the examples in a process of its own. */
export class ExampleProcess {
  private text = '';
  private readonly child: ChildProcess;

  constructor(file: string, env: Readonly<Record<string, string>>) {
    const options = { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] as ('ignore' | 'pipe')[] };
    this.child = spawn(process.execPath, [bundled(file)], options);
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.text += String(chunk)));
  }

  get output(): string {
    return this.text;
  }

  /** says waits until it has printed this. */
  async says(wanted: string): Promise<void> {
    const said = (): boolean => {
      if (this.child.exitCode !== null) throw new Error(`the program ended: ${this.text}`);
      return this.text.includes(wanted);
    };
    await waitUntil(said, { timeoutMs: 30_000, describe: `the program says "${wanted}"` });
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }
}
