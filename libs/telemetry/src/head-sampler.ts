import { trace, TraceFlags, isSpanContextValid, type Context } from '@opentelemetry/api';
import { SamplingDecision, type Sampler, type SamplingResult } from '@opentelemetry/sdk-trace-node';
import { isTraceAskedFor } from './trace-context.js';

const RECORD: SamplingResult = { decision: SamplingDecision.RECORD_AND_SAMPLED };
const DROP: SamplingResult = { decision: SamplingDecision.NOT_RECORD };

/**
 * HeadSampler decides at the first span of a trace. A parent's decision is kept, a caller who asks always gets a trace,
 * and what is left is limited to a rate (not a ratio), so that tracing costs the same at any load.
 */
export class HeadSampler implements Sampler {
  private tokens: number;
  private filledAt: number;

  /**
   * @param tracesPerSecond new traces a second; a burst may be as large as one second's worth. 0 = only on request
   * @param now a monotonic clock in milliseconds
   */
  constructor(
    private readonly tracesPerSecond: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.tokens = tracesPerSecond;
    this.filledAt = now();
  }

  shouldSample(parent: Context): SamplingResult {
    if (isTraceAskedFor(parent)) return RECORD;
    const span = trace.getSpanContext(parent);
    if (span !== undefined && isSpanContextValid(span)) {
      return (span.traceFlags & TraceFlags.SAMPLED) === 0 ? DROP : RECORD;
    }
    return this.takeToken() ? RECORD : DROP;
  }

  toString(): string {
    return `HeadSampler{${String(this.tracesPerSecond)}/s}`;
  }

  private takeToken(): boolean {
    const now = this.now();
    const gained = ((now - this.filledAt) / 1000) * this.tracesPerSecond;
    this.tokens = Math.min(this.tracesPerSecond, this.tokens + gained);
    this.filledAt = now;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
