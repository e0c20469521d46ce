import type { Expression, Statement } from '../language/ast.js';

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
    case 'assign':
      return node.index === undefined ? [node.value] : [node.index, node.value];
    case 'new':
      return node.args;
    case 'newArray':
      return [node.size];
    case 'arrayLiteral':
      return node.items;
  }
}

/** expressionsOf are the expressions directly inside of a statement. */
function expressionsOf(statement: Statement): readonly (Expression | undefined)[] {
  switch (statement.kind) {
    case 'expression':
    case 'return':
    case 'throw':
      return [statement.expression];
    case 'declare':
      return statement.declarators.map(({ value }) => value);
    case 'if':
    case 'while':
      return [statement.test];
    case 'for':
      return [statement.test, statement.update];
    default:
      return [];
  }
}

function statementsOf(statement: Statement): readonly (Statement | undefined)[] {
  switch (statement.kind) {
    case 'block':
      return statement.body;
    case 'if':
      return [statement.then, statement.otherwise];
    case 'while':
      return [statement.body];
    case 'for':
      return [statement.init, statement.body];
    default:
      return [];
  }
}

/** Visitor is told of every statement and expression, outer ones first. */
export interface Visitor {
  statement?(statement: Statement): void;
  expression?(node: Expression): void;
}

/** walk visits statements and all that is inside of them. */
export function walk(statements: readonly (Statement | undefined)[], visitor: Visitor): void {
  for (const statement of statements) {
    if (statement === undefined) continue;
    visitor.statement?.(statement);
    walkExpressions(expressionsOf(statement), visitor);
    walk(statementsOf(statement), visitor);
  }
}

function walkExpressions(nodes: readonly (Expression | undefined)[], visitor: Visitor): void {
  for (const node of nodes) {
    if (node === undefined) continue;
    visitor.expression?.(node);
    walkExpressions(parts(node), visitor);
  }
}
