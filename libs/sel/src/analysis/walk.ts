import type { Expression } from '../language/ast.js';

/** parts are the expressions directly inside of one, in the order in which they are evaluated. */
export function parts(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'literal':
    case 'name':
      return [];
    case 'unary':
      return [node.operand];
    case 'binary':
    case 'logic':
      return [node.left, node.right];
    case 'ternary':
      return [node.test, node.then, node.otherwise];
    case 'index':
      return [node.object, node.index];
    case 'field':
      return [node.object];
    case 'call':
      return [node.object, ...node.args];
  }
}
