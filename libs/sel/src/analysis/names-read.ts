import { compile, type CompileOptions } from '../language/compiler.js';
import { inferType } from './infer-type.js';
import type { TypeEnvironment } from './environment.js';

/** Everything is known, and nothing of it. */
const ANYTHING: TypeEnvironment = {
  lookup: () => ({ type: 'UNKNOWN' }),
  typeOf: () => undefined,
  call: () => ({ type: 'UNKNOWN' }),
};

/**
 * namesRead gives the names that an expression reads before it declares or assigns them, without those of classes: what it
 * refers to (the original's `validate`). Throws SelError for text that is no expression.
 */
export function namesRead(source: string, options: CompileOptions = {}): readonly string[] {
  return [...inferType(compile(source, options).program, ANYTHING).reads.keys()];
}
