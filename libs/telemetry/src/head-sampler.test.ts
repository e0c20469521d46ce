import { ROOT_CONTEXT, type Context } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace-node';
import { HeadSampler } from './head-sampler.js';
import { askForTrace, contextOf } from './trace-context.js';

const TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-';

function sampled(sampler: HeadSampler, parent: Context): boolean {
  return sampler.shouldSample(parent).decision === SamplingDecision.RECORD_AND_SAMPLED;
}

describe('head sampler', () => {
  it('lets as many new traces through as a second holds, then waits for time to pass', () => {
    let now = 0;
    const sampler = new HeadSampler(3, () => now);
    const take = (times: number): number =>
      Array.from({ length: times }, () => sampled(sampler, ROOT_CONTEXT)).filter(Boolean).length;
    expect(take(10)).toBe(3);
    now += 334;
    expect(take(10)).toBe(1);
    now += 60_000;
    expect(take(10)).toBe(3);
  });

  it('keeps the decision of a parent at any rate', () => {
    const never = new HeadSampler(0, () => 0);
    expect(sampled(never, contextOf(`${TRACE}01`))).toBe(true);
    const always = new HeadSampler(1_000, () => 0);
    expect(sampled(always, contextOf(`${TRACE}00`))).toBe(false);
  });

  it('always records for a caller who asks, even under a parent that is not recorded', () => {
    const never = new HeadSampler(0, () => 0);
    expect(sampled(never, ROOT_CONTEXT)).toBe(false);
    expect(sampled(never, askForTrace(ROOT_CONTEXT))).toBe(true);
    expect(sampled(never, askForTrace(contextOf(`${TRACE}00`)))).toBe(true);
  });

  it('takes no token for a trace that was asked for', () => {
    const one = new HeadSampler(1, () => 0);
    sampled(one, askForTrace(ROOT_CONTEXT));
    expect(sampled(one, ROOT_CONTEXT)).toBe(true);
  });
});
