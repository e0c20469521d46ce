import { Fault } from '../runtime/error.js';
import type { Expression, ExpressionShape, Statement, StatementShape } from './ast.js';

/**
 * MAX_HEIGHT is the highest tree that is accepted, MAX_DEPTH how deep brackets and statements may lie in each other while
 * parsing (which takes more of the stack for each level): walking them stays far below the stack of JavaScript.
 */
export const MAX_HEIGHT = 1_000;
export const MAX_DEPTH = 250;

/** expressionNode puts a shape into the tree; refuses a tree that is too high. */
export function expressionNode(shape: ExpressionShape, at: number, children: readonly Expression[]): Expression {
  return { ...shape, at, height: heightAbove(children, at) };
}

/** statementNode puts a statement into the tree; refuses a tree that is too high. */
export function statementNode(
  shape: StatementShape,
  at: number,
  children: readonly (Expression | Statement | undefined)[],
): Statement {
  return { ...shape, at, height: heightAbove(children, at) };
}

function heightAbove(children: readonly ({ readonly height: number } | undefined)[], at: number): number {
  let highest = 0;
  for (const child of children) if (child && child.height > highest) highest = child.height;
  if (highest >= MAX_HEIGHT) throw tooDeep(at, MAX_HEIGHT);
  return highest + 1;
}

/** refuseDeep refuses to parse further down. */
export function refuseDeep(depth: number, at: number): void {
  if (depth > MAX_DEPTH) throw tooDeep(at, MAX_DEPTH);
}

function tooDeep(at: number, levels: number): Fault {
  return new Fault('limit', `the expression is nested more than ${levels} levels deep: take it apart`, at);
}
