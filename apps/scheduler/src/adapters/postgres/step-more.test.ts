import type { StepState } from '@maestro/engine';
import { moreOf, readMore } from './step-more.js';

const step: StepState = {
  ordinal: 0,
  attempt: 1,
  status: 'STARTING',
  dispatch: 1,
  times: {},
  retries: { USER: 0, PLATFORM: 0, TIMEOUT: 0 },
};

describe('what few attempts have', () => {
  it('is nothing for most of them', () => {
    expect(moreOf(step)).toBeNull();
    expect(readMore(null)).toEqual({ retries: step.retries });
  });

  it('is read back as it was', () => {
    const more = {
      claimedBy: 'executor-1',
      cancelling: { target: 'STOPPED', reason: 'asked for', since: 5 },
      evaluating: 'params',
      timeoutMillis: 90_000,
      retries: { USER: 1, PLATFORM: 2, TIMEOUT: 3 },
      retryLimits: {
        USER: { limit: 2, base: 60_000, exponent: 2, cap: 600_000 },
        PLATFORM: { limit: 10, base: 1_000, exponent: 1, cap: 1_000 },
        TIMEOUT: { limit: 0, base: 7, exponent: 2.5, cap: 9 },
      },
      unanswered: true,
      signals: {
        dependencies: [
          {
            name: 'orders',
            matchParams: { day: { value: 2n ** 60n, operator: '>=' } },
            since: 1_700_000_000_000,
            status: 'MATCHED',
            signalId: 2n ** 60n,
            params: { region: 'eu', day: 7n },
          },
        ],
        outputs: [{ name: 'done', params: {}, payload: { rows: 7n, share: 0.5 }, announceTime: 5 }],
      },
    } as const;
    expect(readMore(moreOf({ ...step, ...more }))).toEqual(more);
  });

  it('keeps a single retry', () => {
    const retries = { USER: 1, PLATFORM: 0, TIMEOUT: 0 };
    expect(readMore(moreOf({ ...step, retries }))).toEqual({ retries });
  });
});
