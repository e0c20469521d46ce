import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What `POST /containers/create` says of a container, as far as it is played. */
export interface CreateRequest {
  readonly Image: string;
  readonly Env?: readonly string[];
  readonly Entrypoint?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly Labels?: Readonly<Record<string, string>>;
  readonly HostConfig?: Readonly<Record<string, unknown>>;
}

const STREAMS = { stdout: 1, stderr: 2 } as const;

/** FakeContainer plays a container by a process of this machine, in its own process group. */
export class FakeContainer {
  readonly created = Math.floor(Date.now() / 1_000);
  status: 'created' | 'running' | 'exited' = 'created';
  exitCode = 0;
  oomKilled = false;
  /** How often it was started. */
  starts = 0;
  private readonly folder = mkdtempSync(join(tmpdir(), 'fake-container-'));
  private readonly frames: Buffer[] = [];
  private readonly listeners = new Set<(frame: Buffer | undefined) => void>();
  private process: ChildProcess | undefined;

  constructor(
    readonly id: string,
    readonly name: string,
    readonly request: CreateRequest,
    private readonly imageCommand: readonly string[],
    /** Where its process finds programs. */
    private readonly path: string,
  ) {}

  /** start runs the command; the returned text says why it cannot. */
  start(): string | undefined {
    const { Entrypoint = [], Cmd } = this.request;
    const own = [...Entrypoint, ...(Cmd ?? (Entrypoint.length > 0 ? [] : this.imageCommand))];
    const [program, ...args] = own;
    if (program === undefined || program.startsWith('/no/such')) {
      return `exec: "${program}": no such file or directory`;
    }
    const env = Object.fromEntries((this.request.Env ?? []).map((pair) => splitAt(pair)));
    this.starts += 1;
    this.status = 'running';
    this.process = spawn(program, args, {
      detached: true,
      cwd: this.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: this.path, ...env, MAESTRO_OUTPUT: join(this.folder, 'output') },
    });
    this.process.stdout?.on('data', (data: Buffer) => this.say('stdout', data));
    this.process.stderr?.on('data', (data: Buffer) => this.say('stderr', data));
    this.process.on('error', () => this.end(127));
    this.process.on('close', (code, signal) => this.end(code ?? (signal === 'SIGTERM' ? 143 : 137)));
    return undefined;
  }

  signal(signal: NodeJS.Signals): void {
    if (this.process?.pid === undefined || this.status !== 'running') return;
    try {
      process.kill(-this.process.pid, signal);
    } catch {
      // It has ended meanwhile.
    }
  }

  /** listen gives every frame from the beginning, and undefined at the end; the result ends it. */
  listen(listener: (frame: Buffer | undefined) => void, from: 'beginning' | 'now' = 'beginning'): () => void {
    if (from === 'beginning') for (const frame of this.frames) listener(frame);
    if (this.status === 'exited') listener(undefined);
    else this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** output is the file that it wrote as its output document; undefined when there is none. */
  output(): Buffer | undefined {
    try {
      return readFileSync(join(this.folder, 'output'));
    } catch {
      return undefined;
    }
  }

  dispose(): void {
    this.signal('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  private say(stream: keyof typeof STREAMS, data: Buffer): void {
    const header = Buffer.alloc(8);
    header[0] = STREAMS[stream];
    header.writeUInt32BE(data.length, 4);
    const frame = Buffer.concat([header, data]);
    this.frames.push(frame);
    for (const listener of this.listeners) listener(frame);
  }

  private end(code: number): void {
    if (this.status === 'exited') return;
    this.status = 'exited';
    this.exitCode = code;
    for (const listener of [...this.listeners]) listener(undefined);
    this.listeners.clear();
  }
}

function splitAt(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return [pair.slice(0, at), pair.slice(at + 1)];
}
