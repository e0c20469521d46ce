import { MAX_RETRIES, type FailureClass, type ParsableLong, type RetryPolicy } from '@maestro/domain';
import { evaluateParsableLong, type ParamScope } from '@maestro/params';
import { sentence, type Tried } from './evaluation.js';
import type { RetryClassLimits, RetryLimits } from './state.js';

const BASE_MILLIS = 60_000;
const EXPONENT = 2;

/** The specification's defaults (§1.8). */
const DEFAULTS: RetryLimits = {
  USER: { limit: 2, base: BASE_MILLIS, exponent: EXPONENT, cap: 600_000 },
  PLATFORM: { limit: 10, base: BASE_MILLIS, exponent: EXPONENT, cap: 3_600_000 },
  TIMEOUT: { limit: 0, base: BASE_MILLIS, exponent: EXPONENT, cap: 3_600_000 },
};

/** evaluateRetryLimits gives the numbers of a policy, text interpolated; what is absent takes the specification's defaults. */
export function evaluateRetryLimits(policy: RetryPolicy, scope: ParamScope): Tried<RetryLimits> {
  if (Object.keys(policy).length === 0) return { kind: 'value', value: DEFAULTS };
  const reader = new PolicyReader(policy, scope);
  const value = { USER: reader.limits('USER'), PLATFORM: reader.limits('PLATFORM'), TIMEOUT: reader.limits('TIMEOUT') };
  const [problem] = reader.problems;
  return problem === undefined ? { kind: 'value', value } : { kind: 'error', message: problem };
}

const PREFIX = { USER: 'error', PLATFORM: 'platform', TIMEOUT: 'timeout' } as const;

class PolicyReader {
  readonly problems: string[] = [];

  constructor(
    private readonly policy: RetryPolicy,
    private readonly scope: ParamScope,
  ) {}

  limits(failure: FailureClass): RetryClassLimits {
    const name = `${PREFIX[failure]}RetryLimit` as const;
    const limit = Math.min(this.read(name, this.policy[name], 'number', DEFAULTS[failure].limit), MAX_RETRIES);
    return { limit, ...this.backoff(failure) };
  }

  private backoff(failure: FailureClass): Omit<RetryClassLimits, 'limit'> {
    const { backoff } = this.policy;
    const prefix = PREFIX[failure];
    const baseName = `${prefix}RetryBackoffInSecs` as const;
    const base = this.read(baseName, backoff?.[baseName], 'durationMs', BASE_MILLIS);
    if (backoff?.type === 'FIXED_BACKOFF') return { base, exponent: 1, cap: base };
    const [exponentName, capName] = [`${prefix}RetryExponent`, `${prefix}RetryLimitInSecs`] as const;
    const exponent = this.read(exponentName, backoff?.[exponentName], 'number', EXPONENT);
    return { base, exponent, cap: this.read(capName, backoff?.[capName], 'durationMs', DEFAULTS[failure].cap) };
  }

  private read(name: string, value: ParsableLong | undefined, as: 'number' | 'durationMs', fallback: number): number {
    if (value === undefined) return fallback;
    const outcome = evaluateParsableLong(value, this.scope, as, `retry_policy.${snakeCase(name)}`);
    if (outcome.kind === 'value') return Number(outcome.value);
    this.problems.push(sentence('', outcome.violations));
    return fallback;
  }
}

/** Names as the definition spells them. */
function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
