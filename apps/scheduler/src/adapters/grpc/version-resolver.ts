import { MaestroError, type ErrorCode } from '@maestro/domain';
import { openDuplex, type Channel, type Duplex } from '@maestro/grpc';
import {
  DefinitionService,
  type ResolveFailure,
  type ResolveOutcome,
  type ResolveVersionsRequest,
  type ResolveVersionsResponse,
} from '@maestro/proto/maestro/definition/v1/definition_service';
import type { MessageInitShape } from '@bufbuild/protobuf';
import type {
  ResolveVersionsRequestSchema,
  ResolvedVersion,
} from '@maestro/proto/maestro/definition/v1/definition_service';

interface Waiting {
  readonly workflowId: string;
  readonly version: string;
  readonly answer: Promise<ResolvedVersion>;
  readonly resolve: (resolved: ResolvedVersion) => void;
  readonly reject: (error: Error) => void;
}

type Stream = Duplex<MessageInitShape<typeof ResolveVersionsRequestSchema>, ResolveVersionsResponse>;

const CALLER = 'scheduler';
const TIMEOUT_MS = 2_000;

/**
 * VersionResolver asks the definition service what version selectors stand for, over one open stream. What is asked while
 * an answer is under way goes together in the next message; pointers are never cached.
 */
export class VersionResolver {
  private stream: Stream | undefined;
  /** By selector: many starts of one workflow at the same time are one question. */
  private gathering = new Map<string, Waiting>();
  private asked = new Map<bigint, readonly Waiting[]>();
  private correlation = 0n;
  private scheduled = false;

  constructor(private readonly channel: Channel) {}

  /** Rejects with the error of the definition service, or UNAVAILABLE when it cannot be reached. */
  resolve(workflowId: string, version: string): Promise<ResolvedVersion> {
    const key = `${workflowId}@${version}`;
    const known = this.gathering.get(key);
    if (known !== undefined) return known.answer;
    let settle: Pick<Waiting, 'resolve' | 'reject'> | undefined;
    const answer = new Promise<ResolvedVersion>((resolve, reject) => (settle = { resolve, reject }));
    if (settle !== undefined) this.gathering.set(key, { workflowId, version, answer, ...settle });
    this.schedule();
    return answer;
  }

  close(): void {
    this.stream?.cancel();
    this.failAll(new MaestroError('UNAVAILABLE', 'The scheduler is stopping.'));
  }

  private schedule(): void {
    if (this.scheduled || this.asked.size >= MAX_ASKED) return;
    this.scheduled = true;
    queueMicrotask(() => {
      this.scheduled = false;
      this.ask();
    });
  }

  private ask(): void {
    if (this.gathering.size === 0) return;
    const waiting = [...this.gathering.values()];
    this.gathering = new Map();
    const correlation = ++this.correlation;
    this.asked.set(correlation, waiting);
    const timer = setTimeout(() => this.give(correlation, unavailable('it did not answer in time')), TIMEOUT_MS);
    timer.unref();
    const request: Omit<ResolveVersionsRequest, '$typeName' | 'selectors'> = { correlation };
    this.opened().write({ ...request, selectors: waiting.map(({ workflowId, version }) => ({ workflowId, version })) });
  }

  private opened(): Stream {
    if (this.stream !== undefined) return this.stream;
    const stream = openDuplex(
      DefinitionService.method.resolveVersions,
      this.channel,
      { caller: CALLER },
      { detached: true },
    );
    this.stream = stream;
    void this.read(stream);
    return stream;
  }

  private async read(stream: Stream): Promise<void> {
    let why = 'it ended the stream';
    try {
      for await (const { correlation, outcomes } of stream.messages) this.take(correlation, outcomes);
    } catch (error) {
      why = error instanceof Error ? error.message : String(error);
    }
    this.stream = undefined;
    this.failAll(unavailable(why));
  }

  private take(correlation: bigint, outcomes: readonly ResolveOutcome[]): void {
    const waiting = this.asked.get(correlation) ?? [];
    this.asked.delete(correlation);
    waiting.forEach(({ resolve, reject }, index) => {
      const outcome = outcomes[index]?.outcome;
      if (outcome?.case === 'resolved') resolve(outcome.value);
      else if (outcome?.case === 'failure') reject(refusalOf(outcome.value));
      else reject(unavailable('its answer was incomplete'));
    });
    this.schedule();
  }

  private give(correlation: bigint, error: Error): void {
    for (const { reject } of this.asked.get(correlation) ?? []) reject(error);
    if (this.asked.delete(correlation)) this.schedule();
  }

  private failAll(error: Error): void {
    const all = [...[...this.asked.values()].flat(), ...this.gathering.values()];
    this.asked = new Map();
    this.gathering = new Map();
    for (const { reject } of all) reject(error);
  }
}

/** Messages under way at once: a second one keeps the definition service busy while the first is on its way back. */
const MAX_ASKED = 2;

function unavailable(why: string): MaestroError {
  return new MaestroError('UNAVAILABLE', `The definition service cannot be asked: ${why}.`);
}

function refusalOf({ code, message, violations }: ResolveFailure): MaestroError {
  const details = { violations: violations.map(({ path, message: what }) => ({ path, message: what })) };
  return new MaestroError(code as ErrorCode, message, details);
}
