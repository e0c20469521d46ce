import type { Json, StepSignals } from '@maestro/domain';
import type {
  IterationRerun,
  RetryClassLimits,
  RetryCounts,
  RetryLimits,
  StepRestart,
  StepState,
} from '@maestro/engine';
import { exactJsonText, parseExactJson } from '@maestro/wire';

type MoreState = Pick<
  StepState,
  | 'claimedBy'
  | 'pool'
  | 'cancelling'
  | 'evaluating'
  | 'loop'
  | 'child'
  | 'permits'
  | 'retryLimits'
  | 'timeoutMillis'
  | 'retries'
  | 'restart'
  | 'reruns'
  | 'again'
  | 'manualRetries'
  | 'signals'
  | 'unanswered'
>;

/** The column's JSON: numbers without names where there are many of them, because every dispatched step has them. */
interface More extends Omit<MoreState, 'retryLimits' | 'retries' | 'restart' | 'reruns' | 'again' | 'signals'> {
  /** Exact JSON: these have 64-bit numbers. */
  readonly restart?: string;
  readonly reruns?: string;
  readonly again?: string;
  readonly signals?: string;
  /** USER, PLATFORM, TIMEOUT. */
  readonly retries?: readonly [number, number, number];
  /** The same order; of each limit, base, exponent, cap. */
  readonly retryLimits?: readonly number[];
}

const NO_RETRIES: RetryCounts = { USER: 0, PLATFORM: 0, TIMEOUT: 0 };

/** moreOf is what few attempts have, as the `more` column holds it; null = nothing of it. */
export function moreOf({
  claimedBy,
  pool,
  cancelling,
  evaluating,
  loop,
  child,
  permits,
  retryLimits,
  timeoutMillis,
  retries,
  restart,
  reruns,
  again,
  manualRetries,
  signals,
  unanswered,
}: StepState): string | null {
  const retried = retries.USER + retries.PLATFORM + retries.TIMEOUT > 0;
  if (
    !retried &&
    manualRetries === undefined &&
    !(
      claimedBy ??
      pool ??
      cancelling ??
      evaluating ??
      loop ??
      child ??
      permits ??
      retryLimits ??
      timeoutMillis ??
      signals
    )
  )
    return null;
  const more: Partial<More> = {
    ...(claimedBy === undefined ? {} : { claimedBy }),
    ...(pool === undefined ? {} : { pool }),
    ...(cancelling === undefined ? {} : { cancelling }),
    ...(evaluating === undefined ? {} : { evaluating }),
    ...(loop === undefined ? {} : { loop }),
    ...(child === undefined ? {} : { child }),
    ...(permits === undefined ? {} : { permits }),
    ...(timeoutMillis === undefined ? {} : { timeoutMillis }),
    ...(retryLimits === undefined ? {} : { retryLimits: flat(retryLimits) }),
    ...(restart === undefined ? {} : { restart: exactJsonText(restart as unknown as Json) }),
    ...(reruns === undefined ? {} : { reruns: exactJsonText(reruns as unknown as Json) }),
    ...(again === undefined ? {} : { again: exactJsonText(again as unknown as Json) }),
    ...(manualRetries === undefined ? {} : { manualRetries }),
    ...(signals === undefined ? {} : { signals: exactJsonText(signals as unknown as Json) }),
    ...(unanswered === undefined ? {} : { unanswered }),
    ...(retried ? { retries: [retries.USER, retries.PLATFORM, retries.TIMEOUT] } : {}),
  };
  return JSON.stringify(more);
}

/** readMore reverses `moreOf`. */
export function readMore(text: string | null): MoreState {
  if (text === null) return { retries: NO_RETRIES };
  const { retryLimits, retries, restart, reruns, again, signals, ...rest } = JSON.parse(text) as More;
  return {
    ...rest,
    ...(retryLimits === undefined ? {} : { retryLimits: unflat(retryLimits) }),
    ...(restart === undefined ? {} : { restart: parseExactJson(restart) as unknown as StepRestart }),
    ...(reruns === undefined ? {} : { reruns: parseExactJson(reruns) as unknown as readonly IterationRerun[] }),
    ...(again === undefined ? {} : { again: parseExactJson(again) as unknown as StepRestart }),
    ...(signals === undefined ? {} : { signals: parseExactJson(signals) as unknown as StepSignals }),
    retries: retries === undefined ? NO_RETRIES : { USER: retries[0], PLATFORM: retries[1], TIMEOUT: retries[2] },
  };
}

const PER_CLASS = 4;

function flat({ USER, PLATFORM, TIMEOUT }: RetryLimits): number[] {
  return [USER, PLATFORM, TIMEOUT].flatMap(({ limit, base, exponent, cap }) => [limit, base, exponent, cap]);
}

function unflat(numbers: readonly number[]): RetryLimits {
  const at = (index: number): RetryClassLimits => {
    const [limit = 0, base = 0, exponent = 1, cap = 0] = numbers.slice(index * PER_CLASS);
    return { limit, base, exponent, cap };
  };
  return { USER: at(0), PLATFORM: at(1), TIMEOUT: at(2) };
}
