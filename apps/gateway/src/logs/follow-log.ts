import { setTimeout as delay } from 'node:timers/promises';
import { MaestroError, type StepStatus } from '@maestro/domain';
import type { ReadLogResponse } from '@maestro/proto/maestro/executor/v1/executor_service';
import type { RestCall } from '../http/rest-call.js';
import type { Services } from '../services.js';
import type { LogRequest } from './log-request.js';
import { attemptEnd } from './watch-attempt.js';

/** LogEnd: nothing follows. Not complete: the executor died before it had stored all; status is how the attempt ended, if known. */
export interface LogEnd {
  readonly kind: 'end';
  readonly complete: boolean;
  readonly status: StepStatus | undefined;
  /** Of the last piece. */
  readonly sequence: bigint;
}

export type LogItem = { readonly kind: 'piece'; readonly piece: ReadLogResponse } | LogEnd;

/** A log that is silent for so long may have lost its executor: then the scheduler is asked too. */
const SILENCE_MS = 2_000;
/** Between the end of an attempt and the last piece of its log, which is stored in the background. */
const LAST_PIECES_MS = 2_000;
const RETRY_MS = 500;

/** followLog gives the pieces of a log as they come and then its end, whoever dies meanwhile. */
export async function* followLog(call: RestCall, services: Services, request: LogRequest): AsyncGenerator<LogItem> {
  const follower = new Follower(call, services, request);
  try {
    yield* follower.items();
  } finally {
    follower.close();
  }
}

class Follower {
  private readonly closing = new AbortController();
  /** Aborted when the attempt has ended and nothing more is to be waited for. */
  private readonly ended = new AbortController();
  private readonly gone: AbortSignal;
  private silence: NodeJS.Timeout | undefined;
  private watching = false;
  private status: StepStatus | undefined;
  private after: bigint;

  constructor(
    private readonly call: RestCall,
    private readonly services: Services,
    private readonly request: LogRequest,
  ) {
    this.gone = AbortSignal.any([call.signal, call.draining, this.closing.signal]);
    this.after = request.afterSequence;
    this.listen();
  }

  async *items(): AsyncGenerator<LogItem> {
    while (!this.isOver()) {
      try {
        if (yield* this.read(true, AbortSignal.any([this.gone, this.ended.signal]))) return;
      } catch (error) {
        if (this.isOver()) break;
        await this.pause(error);
      }
    }
    // What was stored after the last look.
    if (yield* this.read(false, this.gone)) return;
    yield { kind: 'end', complete: false, status: this.status, sequence: this.after };
  }

  private isOver(): boolean {
    return this.ended.signal.aborted;
  }

  close(): void {
    clearTimeout(this.silence);
    this.closing.abort();
  }

  /** Reads on from where we are; true when the log said its end. */
  private async *read(follow: boolean, signal: AbortSignal): AsyncGenerator<LogItem, boolean> {
    const resumed = this.after > this.request.afterSequence;
    const request = {
      ...this.request,
      follow,
      afterSequence: this.after,
      ...(resumed ? { offset: 0n, tailLines: 0 } : {}),
    };
    for await (const piece of this.services.executor.readLog(request, { ...this.call.options, signal })) {
      this.after = piece.sequence;
      this.silence?.refresh();
      if (piece.last) {
        yield { kind: 'end', complete: true, status: this.status, sequence: this.after };
        return true;
      }
      yield { kind: 'piece', piece };
    }
    return false;
  }

  /** Executors come and go, and a log may begin late: only what the caller did wrong ends the stream. */
  private async pause(error: unknown): Promise<void> {
    const code = error instanceof MaestroError && !this.gone.aborted ? error.code : undefined;
    if (code !== 'UNAVAILABLE' && code !== 'TIMED_OUT' && code !== 'LOG_NOT_FOUND') throw error;
    this.watch();
    await delay(RETRY_MS, undefined, { signal: this.gone });
  }

  private listen(): void {
    this.silence = setTimeout(() => this.watch(), SILENCE_MS);
  }

  private watch(): void {
    if (this.watching) return;
    this.watching = true;
    attemptEnd(this.services, this.request, { ...this.call.options, signal: this.gone }).then(
      (status) => {
        this.status = status;
        this.silence = setTimeout(() => this.ended.abort(), LAST_PIECES_MS);
      },
      // The signal aborted, or the scheduler broke its contract: then the log alone tells.
      () => undefined,
    );
  }
}
