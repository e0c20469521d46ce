import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { repositoryRoot, waitUntil } from '@maestro/testing';
import { bundled } from './example-process.js';

const ROOT = repositoryRoot();

/** WorkerProcess is a worker in a process of its own. */
export class WorkerProcess {
  private text = '';

  private constructor(
    private readonly child: ChildProcess,
    private readonly signOfLife: string,
  ) {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.text += String(chunk)));
  }

  /** A worker in TypeScript; `file` is below the root of the repository. */
  static typescript(file: string, address: string): WorkerProcess {
    return start(process.execPath, [bundled(file)], address, {});
  }

  /** A worker in Python. */
  static python(
    file: string,
    address: string,
    { python, env }: { python: string; env: Record<string, string> },
  ): WorkerProcess {
    return start(python, [join(ROOT, file)], address, env);
  }

  static of(child: ChildProcess): WorkerProcess {
    return new WorkerProcess(child, 'serves pool');
  }

  get output(): string {
    return this.text;
  }

  async connected(): Promise<void> {
    const serves = (): boolean => {
      if (this.child.exitCode !== null) throw new Error(`the worker ended: ${this.text}`);
      return this.text.includes(this.signOfLife);
    };
    await waitUntil(serves, { describe: 'the worker is connected', timeoutMs: 20_000 });
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }

  /** SIGTERM; answers with the exit code when it has drained. */
  async drain(): Promise<number | null> {
    const ended = once(this.child, 'exit') as Promise<[number | null]>;
    this.child.kill('SIGTERM');
    const [code] = await ended;
    return code;
  }
}

function start(command: string, args: readonly string[], address: string, env: Record<string, string>): WorkerProcess {
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { ...process.env, ...env, MAESTRO_EXECUTOR_ADDRESS: address },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return WorkerProcess.of(child);
}
