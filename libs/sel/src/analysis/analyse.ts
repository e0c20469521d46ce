import { compile, type Compiled } from '../language/compiler.js';
import { SelError } from '../runtime/error.js';
import type { TypeEnvironment } from './environment.js';
import { inferType } from './infer-type.js';
import type { StaticType } from './static-type.js';

/** StaticProblem is one mistake in the text of an expression. */
export interface StaticProblem {
  readonly error: SelError;
  /** Every evaluation meets it; otherwise only some do, such as those that take a branch. */
  readonly certain: boolean;
}

/** Analysis is what can be said about an expression before it runs. */
export interface Analysis {
  /** Of its result. */
  readonly type: StaticType;
  readonly problems: readonly StaticProblem[];
  /** Names of the environment that are read, also by `params.get`; whether every evaluation reads them. */
  readonly reads: ReadonlyMap<string, boolean>;
}

/** analyse checks the text of an expression: its syntax, or else its names and types. */
export function analyse(source: string, environment: TypeEnvironment): Analysis {
  const compiled = compiledOrBroken(source);
  if (compiled instanceof SelError) {
    return { type: 'UNKNOWN', problems: [{ error: compiled, certain: true }], reads: new Map() };
  }
  const { text, program } = compiled;
  const { type, findings, reads } = inferType(program, environment);
  const problems = findings.map(({ kind, message, at, unknownName, certain }) => ({
    error: new SelError(kind, message, text, at, unknownName),
    certain,
  }));
  return { type, problems, reads };
}

function compiledOrBroken(source: string): Compiled | SelError {
  try {
    return compile(source);
  } catch (error) {
    if (error instanceof SelError) return error;
    throw error;
  }
}
