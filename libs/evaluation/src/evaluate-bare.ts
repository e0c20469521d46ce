import { MAX_PARAMS_CHARS } from '@maestro/domain';
import {
  dataJson,
  evaluate,
  exportData,
  HostError,
  SelError,
  typeOf,
  VOID,
  type Compiler,
  type Environment,
  type Scope,
  type SelData,
  type SelResult,
} from '@maestro/sel';
import type { Failed } from '@maestro/params';
import type { ExpressionOutcome, Job } from './messages.js';

type ExpressionJob = Pick<Extract<Job, { kind: 'expression' }>, 'text' | 'path' | 'variables' | 'limits'>;

/** evaluateBare evaluates one expression that sees variables and nothing else. */
export function evaluateBare(job: ExpressionJob, compiler: Compiler, environment: Environment): ExpressionOutcome {
  const scope: Scope = { lookup: (name) => job.variables.get(name), call: refuseCall };
  try {
    const outcome = evaluate(compiler.compile(job.text), scope, job.limits, environment);
    if (outcome.kind === 'exhausted') return outcome;
    return outcome.kind === 'error' ? failed(job.path, outcome.error) : valueOf(job.path, outcome.value);
  } catch (error) {
    if (error instanceof SelError) return failed(job.path, error);
    throw error;
  }
}

function refuseCall(fn: string): never {
  throw new HostError(`there are no params here to ask for ${fn}`);
}

function failed(path: string, { message, line, column, excerpt, kind }: SelError): Failed {
  return { kind: 'error', violations: [{ path, message, line, column, excerpt, kind }] };
}

/** Only what a param may hold is worth carrying over to the other thread. */
function valueOf(path: string, result: SelResult): ExpressionOutcome {
  const value = exportData(result);
  if (value !== undefined && charsOf(value) > MAX_PARAMS_CHARS) {
    const message = `gives a value of more than ${MAX_PARAMS_CHARS} characters`;
    return { kind: 'error', violations: [{ path, message, kind: 'limit' }] };
  }
  return { kind: 'value', value, type: result === VOID ? 'VOID' : typeOf(result) };
}

function charsOf(value: SelData): number {
  return typeof value === 'string' ? value.length : dataJson(value).length;
}
