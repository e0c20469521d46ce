import type { Expression } from '../language/ast.js';
import type { TypeEnvironment } from './environment.js';
import type { Findings } from './finding.js';
import type { StaticType } from './static-type.js';
import type { Variables } from './variables.js';

/** Check is the state of one check. */
export interface Check {
  readonly environment: TypeEnvironment;
  readonly findings: Findings;
  /** Names that the expression asks `params.containsKey` about: it expects that they may be missing. */
  readonly guarded: ReadonlySet<string>;
  /** Names of the environment that were read, also by `params.get`; whether every evaluation reads them. */
  readonly reads: Map<string, boolean>;
  /** Replaced at every branch: each side has its own. */
  variables: Variables;
  /** Types of what `return` gives so far. */
  readonly returned: StaticType[];
  /** Some evaluations have ended before here. */
  mayHaveEnded: boolean;
}

/** noteRead remembers that a name of the environment is read. */
export function noteRead({ reads, findings }: Check, name: string): void {
  reads.set(name, findings.certain || reads.get(name) === true);
}

/** literalText is the text that an expression certainly is: a literal, or literals that are put together. */
export function literalText(node: Expression): string | undefined {
  if (node.kind === 'literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node.kind !== 'binary' || node.operator !== '+') return undefined;
  const [left, right] = [literalText(node.left), literalText(node.right)];
  return left === undefined || right === undefined ? undefined : left + right;
}

/** literalBoolean is `true` or `false` where it is written as such. */
export function literalBoolean(node: Expression): boolean | undefined {
  return node.kind === 'literal' && typeof node.value === 'boolean' ? node.value : undefined;
}
