import type { Expression } from '../language/ast.js';
import { elementType } from '../language/names.js';
import type { Infer } from './assignment-type.js';
import type { Check } from './check.js';
import { constructedType } from './member-types.js';
import type { StaticType } from './static-type.js';
import { parts } from './walk.js';

type Allocation = Extract<Expression, { kind: 'new' | 'newArray' | 'arrayLiteral' }>;

/** allocationType checks `new C(..)`, `new T[n]` and `new T[]{..}` and gives the type of what is made. */
export function allocationType(check: Check, node: Allocation, infer: Infer): StaticType {
  const types = parts(node).map((part) => infer(check, part));
  if (node.kind === 'new') return constructedType(check.findings, { name: node.className, at: node.at, args: types });
  const element = elementType(node.element);
  if (element === undefined) {
    check.findings.add(node.at, { kind: 'type', message: `there are no arrays of ${node.element}` });
    return 'UNKNOWN';
  }
  const [wanted, what] =
    node.kind === 'newArray' ? ['LONG', 'the size of an array'] : [element, 'an item of the array'];
  const wrong = types.findIndex((type) => type !== 'UNKNOWN' && type !== wanted);
  if (wrong >= 0) {
    const message = `${what} must be a ${wanted}, not ${types[wrong] ?? 'NULL'}`;
    check.findings.add(parts(node)[wrong]?.at ?? node.at, { kind: 'type', message });
  }
  return `${element}_ARRAY`;
}
