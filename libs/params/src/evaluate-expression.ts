import {
  evaluateMetered,
  SelError,
  type Compiled,
  type Compiler,
  type MeteredSetting,
  type Scope,
  type SelResult,
} from '@maestro/sel';
import { LimitReached, selFailure } from './failure.js';
import type { ReferenceResolver } from './reference-resolver.js';

/** EvaluationTools are what evaluating one definition needs. */
export interface EvaluationTools {
  readonly compiler: Compiler;
  readonly scope: Scope;
  readonly references: ReferenceResolver;
  readonly setting: MeteredSetting;
}

/** evaluateExpression compiles and runs text; throws ParamFailure and LimitReached. */
export function evaluateExpression(tools: EvaluationTools, path: string, text: string): SelResult {
  const outcome = evaluateMetered(compileFor(tools, path, text), tools.scope, tools.setting);
  if (outcome.kind === 'exhausted') throw new LimitReached(outcome.limit);
  if (outcome.kind === 'error') throw selFailure(path, outcome.error);
  return outcome.value;
}

/** What compiling a text costs: it takes about as long as visiting so many nodes. */
const UNITS_PER_TEXT = 8;
const CHARS_PER_UNIT = 1;

/** spend charges for work that the language itself does not count, before it is done; throws LimitReached. */
export function spend({ setting }: Pick<EvaluationTools, 'setting'>, units: number): void {
  setting.tank.fuel -= units;
  if (setting.tank.fuel < 0) throw new LimitReached('fuel');
}

function compileFor(tools: EvaluationTools, path: string, text: string): Compiled {
  spend(tools, UNITS_PER_TEXT + text.length / CHARS_PER_UNIT);
  try {
    return tools.compiler.compile(text);
  } catch (error) {
    if (error instanceof SelError) throw selFailure(path, error);
    throw error;
  }
}
