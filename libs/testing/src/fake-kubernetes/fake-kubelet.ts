import { spawn, type ChildProcess } from 'node:child_process';
import type { ServerResponse } from 'node:http';
import type { PodObject } from './pod-object.js';

/** PodApi is how a node speaks to an API server, a fake or a real one. */
export interface PodApi {
  list(): Promise<readonly PodObject[]>;
  bind(pod: PodObject, node: string): Promise<void>;
  patchStatus(pod: PodObject, status: PodObject['status']): Promise<void>;
  /** Without grace: the node confirms that it is gone. */
  remove(pod: PodObject): Promise<void>;
}

interface Played {
  readonly pod: PodObject;
  readonly said: { readonly at: number; readonly data: Buffer }[];
  readonly listeners: Set<ServerResponse>;
  process: ChildProcess | undefined;
  kill: NodeJS.Timeout | undefined;
  /** What is said about its end instead of what its process says. */
  verdict: PodObject['status'] | undefined;
  ended: boolean;
}

const NODE = 'fake-node';
const PLAIN_PATH = '/usr/local/bin:/usr/bin:/bin';
const ROUND_MS = 50;
const KNOWN_IMAGES = /^(busybox|python:3)(:|$)/;

/** FakeKubelet plays a node: pods are bound to it, their containers are processes of this machine. */
export class FakeKubelet {
  private readonly played = new Map<string, Played>();
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  /** `path`: where containers find programs. */
  constructor(
    private readonly api: PodApi,
    private readonly path: string = PLAIN_PATH,
  ) {}

  start(): this {
    void this.round();
    return this;
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    for (const played of this.played.values()) end(played, 'SIGKILL');
  }

  /** fail ends a pod as a cluster would say it: OOMKilled, Evicted and so on. */
  async fail(name: string, verdict: PodObject['status']): Promise<void> {
    const played = [...this.played.values()].findLast(({ pod }) => pod.metadata.name === name);
    if (played === undefined) throw new Error(`no pod ${name} runs here`);
    played.verdict = verdict;
    end(played, 'SIGKILL');
    await this.api.patchStatus(played.pod, verdict);
  }

  /** serveLog answers `GET ../log?follow=true`. */
  serveLog(pod: PodObject, sinceSeconds: number, response: ServerResponse): void {
    const played = this.played.get(pod.metadata.uid);
    response.writeHead(200, { 'content-type': 'text/plain' });
    response.flushHeaders();
    const since = Number.isNaN(sinceSeconds) ? 0 : Date.now() - sinceSeconds * 1_000;
    for (const { at, data } of played?.said ?? []) if (at >= since) response.write(data);
    if (played === undefined || played.ended) response.end();
    else played.listeners.add(response);
    response.once('close', () => played?.listeners.delete(response));
  }

  private async round(): Promise<void> {
    try {
      const pods = await this.api.list();
      for (const pod of pods) await this.look(pod);
      const there = new Set(pods.map(({ metadata }) => metadata.uid));
      for (const [uid, played] of this.played) if (!there.has(uid)) end(played, 'SIGKILL');
    } catch {
      // The server is away; containers go on.
    }
    if (!this.stopped) this.timer = setTimeout(() => void this.round(), ROUND_MS);
  }

  private async look(pod: PodObject): Promise<void> {
    const { uid, deletionTimestamp, deletionGracePeriodSeconds = 0 } = pod.metadata;
    const known = this.played.get(uid);
    if (deletionTimestamp !== undefined) {
      if (known === undefined || known.ended) await this.api.remove(pod);
      else if (known.kill === undefined) {
        end(known, 'SIGTERM');
        known.kill = setTimeout(() => end(known, 'SIGKILL'), deletionGracePeriodSeconds * 1_000);
      }
    } else if (known === undefined && pod.status.phase === 'Pending') await this.run(pod);
  }

  private async run(pod: PodObject): Promise<void> {
    const [container] = pod.spec.containers;
    const played: Played = {
      pod,
      said: [],
      listeners: new Set(),
      process: undefined,
      kill: undefined,
      verdict: undefined,
      ended: false,
    };
    this.played.set(pod.metadata.uid, played);
    if (pod.spec.nodeName === undefined) await this.api.bind(pod, NODE);
    const state = (of: object) => [
      { name: container?.name, image: container?.image, imageID: '', ready: false, restartCount: 0, state: of },
    ];
    if (container === undefined || !KNOWN_IMAGES.test(container.image)) {
      played.ended = true;
      const waiting = { reason: 'ImagePullBackOff', message: `Back-off pulling image "${container?.image}"` };
      await this.api.patchStatus(pod, { phase: 'Pending', containerStatuses: state({ waiting }) });
      return;
    }
    const [program = 'true', ...args] = [...(container.command ?? ['true']), ...(container.args ?? [])];
    const env = Object.fromEntries(
      (container.env ?? []).map(({ name, value = '' }) => [name, value.replaceAll('$$(', '$(')]),
    );
    const running = { startedAt: new Date().toISOString() };
    await this.tell(pod, { phase: 'Running', containerStatuses: state({ running }) });
    played.process = spawn(program, args, {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: this.path, ...env },
    });
    const say = (data: Buffer): void => {
      played.said.push({ at: Date.now(), data });
      for (const listener of played.listeners) listener.write(data);
    };
    played.process.stdout?.on('data', say);
    played.process.stderr?.on('data', say);
    played.process.once('error', () => this.ended(played, 128));
    played.process.once('close', (code, signal) => this.ended(played, code ?? (signal === 'SIGTERM' ? 143 : 137)));
  }

  private ended(played: Played, exitCode: number): void {
    if (played.ended) return;
    played.ended = true;
    clearTimeout(played.kill);
    for (const listener of played.listeners) listener.end();
    const [container] = played.pod.spec.containers;
    const terminated = { exitCode, reason: exitCode === 0 ? 'Completed' : 'Error' };
    const containerStatuses = [
      {
        name: container?.name,
        image: container?.image,
        imageID: '',
        ready: false,
        restartCount: 0,
        state: { terminated },
      },
    ];
    const phase = exitCode === 0 ? 'Succeeded' : 'Failed';
    if (played.verdict === undefined) void this.tell(played.pod, { phase, containerStatuses });
  }

  /** A server that is away is told when it is back. */
  private async tell(pod: PodObject, status: PodObject['status']): Promise<void> {
    while (!this.stopped) {
      try {
        await this.api.patchStatus(pod, status);
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, ROUND_MS));
      }
    }
  }
}

function end({ process: child, ended }: Played, signal: NodeJS.Signals): void {
  if (child?.pid === undefined || ended) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}
