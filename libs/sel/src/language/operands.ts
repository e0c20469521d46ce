import type { Expression, Program, Statement } from './ast.js';

/** Operands says how many operands wait for each other at most, and where. */
export interface Operands {
  readonly count: number;
  readonly at: number;
}

const NONE: Operands = { count: 0, at: 0 };

/**
 * operandsOf counts the slots that the original's operand stack needs: one for each operand that waits for its operator,
 * method or array literal. It has none that could overflow here; the limit still holds, as vectors ask for it.
 */
export function operandsOf(program: Program): Operands {
  return most(program.map(ofStatement));
}

function most(all: readonly Operands[]): Operands {
  return all.reduce((deepest, each) => (each.count > deepest.count ? each : deepest), NONE);
}

function ofStatement(statement: Statement): Operands {
  switch (statement.kind) {
    case 'expression':
    case 'return':
    case 'throw':
      return of(statement.expression);
    case 'declare':
      return most(statement.declarators.map(({ value }) => (value ? of(value) : NONE)));
    case 'block':
      return operandsOf(statement.body);
    case 'if':
      return most([of(statement.test), ...some([statement.then, statement.otherwise], ofStatement)]);
    case 'while':
      return most([of(statement.test), ofStatement(statement.body)]);
    case 'for':
      return most([
        ...some([statement.init, statement.body], ofStatement),
        ...some([statement.test, statement.update], of),
      ]);
    default:
      return NONE;
  }
}

function some<T>(parts: readonly (T | undefined)[], count: (part: T) => Operands): Operands[] {
  return parts.flatMap((part) => (part === undefined ? [] : [count(part)]));
}

function of(node: Expression): Operands {
  return { count: countOf(node), at: node.at };
}

function countOf(node: Expression): number {
  switch (node.kind) {
    case 'literal':
    case 'name':
      return 1;
    case 'unary':
      return countOf(node.operand);
    case 'binary':
    case 'logic':
      return inTurn([node.left, node.right]);
    case 'ternary':
      return Math.max(countOf(node.test), countOf(node.then), countOf(node.otherwise));
    case 'index':
      return inTurn([node.object, node.index]);
    case 'field':
      return countOf(node.object);
    case 'call':
      return inTurn([node.object, ...node.args]);
    default:
      return ofMaking(node);
  }
}

type Making = Extract<Expression, { kind: 'assign' | 'new' | 'newArray' | 'arrayLiteral' }>;

function ofMaking(node: Making): number {
  switch (node.kind) {
    case 'assign':
      return inTurn(node.index ? [node.index, node.value] : [node.value]);
    case 'new':
      return 1 + inTurn(node.args);
    case 'newArray':
      return countOf(node.size);
    case 'arrayLiteral':
      return 2 + inTurn(node.items);
  }
}

/** Each waits while the following are evaluated. */
function inTurn(nodes: readonly Expression[]): number {
  return nodes.reduce((highest, node, index) => Math.max(highest, index + countOf(node)), 0);
}
