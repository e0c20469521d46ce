import type { Code } from '../runtime/machine.js';
import type { Expression } from './ast.js';
import type { Names } from './names.js';

/** Generator is what generating one program shares. */
export interface Generator {
  readonly names: Names;
  /** Whether the code at hand is inside of a loop. */
  readonly inLoop: boolean;
  /** Turns an expression into closures; nothing of it is looked up again at run time. Throws Fault. */
  code(node: Expression): Code;
}

/** Of narrows expressions to some kinds. */
export type Of<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>;
