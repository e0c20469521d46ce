import { Fault } from '../runtime/error.js';
import { parseAllocation, parseArguments } from './allocation-parser.js';
import type { AssignOperator, BinaryOperator, Expression, ExpressionShape, UnaryOperator } from './ast.js';
import { expressionNode, refuseDeep } from './node.js';
import type { TokenStream } from './token-stream.js';
import { ASSIGNMENTS } from './vocabulary.js';

/** Binding powers of the infix operators, weakest first; all associate to the left. */
const POWERS: ReadonlyMap<string, number> = new Map([
  ['||', 2],
  ['&&', 3],
  ['==', 4],
  ['!=', 4],
  ['<', 5],
  ['<=', 5],
  ['>', 5],
  ['>=', 5],
  ['+', 6],
  ['-', 6],
  ['*', 7],
  ['/', 7],
  ['%', 7],
]);

/** parseExpression reads one expression: an assignment, or `or ['?' expression ':' expression]`. */
export function parseExpression(tokens: TokenStream, depth: number): Expression {
  const startsWithName = tokens.peek().kind === 'name';
  const test = parseInfix(tokens, 0, depth);
  const token = tokens.peek();
  if (tokens.accept('?')) {
    const then = parseExpression(tokens, depth + 1);
    tokens.expect(':');
    const otherwise = parseExpression(tokens, depth + 1);
    return expressionNode({ kind: 'ternary', test, then, otherwise }, token.at, [test, then, otherwise]);
  }
  if (token.kind !== 'symbol' || !ASSIGNMENTS.has(token.value)) return test;
  return parseAssignment(tokens, startsWithName ? test : undefined, depth);
}

/** Only a variable and an element of a variable can be assigned (spec 7.2). */
function parseAssignment(tokens: TokenStream, target: Expression | undefined, depth: number): Expression {
  const { at, value: operator } = tokens.next() as { at: number; value: AssignOperator };
  const index = target?.kind === 'index' ? target.index : undefined;
  const variable = target?.kind === 'index' ? target.object : target;
  if (variable?.kind !== 'name') {
    throw new Fault('syntax', `only a variable or an element of it can stand before \`${operator}\``, at);
  }
  const value = parseExpression(tokens, depth + 1);
  const shape = { kind: 'assign', name: variable.name, operator, value } as const;
  if (index === undefined) return expressionNode(shape, variable.at, [value]);
  return expressionNode({ ...shape, index }, variable.at, [index, value]);
}

function parseInfix(tokens: TokenStream, minimum: number, depth: number): Expression {
  let left = parseUnary(tokens, depth);
  for (;;) {
    const token = tokens.peek();
    const power = token.kind === 'symbol' ? POWERS.get(token.value) : undefined;
    if (power === undefined || power <= minimum) return left;
    tokens.next();
    left = infixNode(String(token.value), left, parseInfix(tokens, power, depth + 1), token.at);
  }
}

function infixNode(operator: string, left: Expression, right: Expression, at: number): Expression {
  const shape: ExpressionShape =
    operator === '&&' || operator === '||'
      ? { kind: 'logic', operator: operator, left, right }
      : { kind: 'binary', operator: operator as BinaryOperator, left, right };
  return expressionNode(shape, at, [left, right]);
}

function parseUnary(tokens: TokenStream, depth: number): Expression {
  const token = tokens.peek();
  refuseDeep(depth, token.at);
  if (token.kind !== 'symbol' || !['-', '+', '!'].includes(token.value)) return parsePostfix(tokens, depth);
  tokens.next();
  const operand = parseUnary(tokens, depth + 1);
  return expressionNode({ kind: 'unary', operator: token.value as UnaryOperator, operand }, token.at, [operand]);
}

function parsePostfix(tokens: TokenStream, depth: number): Expression {
  let object = parsePrimary(tokens, depth);
  for (;;) {
    const { at } = tokens.peek();
    if (tokens.accept('[')) {
      const index = parseExpression(tokens, depth + 1);
      tokens.expect(']');
      object = expressionNode({ kind: 'index', object, index }, at, [object, index]);
    } else if (tokens.accept('.')) object = parseMember(tokens, object, depth);
    else return object;
  }
}

function parseMember(tokens: TokenStream, object: Expression, depth: number): Expression {
  const token = tokens.peek();
  if (token.kind !== 'name') throw tokens.unexpected('expected the name of a field or method after `.`');
  tokens.next();
  if (!tokens.accept('(')) return expressionNode({ kind: 'field', object, name: token.value }, token.at, [object]);
  const args = parseArguments(tokens, () => parseExpression(tokens, depth + 1));
  return expressionNode({ kind: 'call', object, name: token.value, args }, token.at, [object, ...args]);
}

function parsePrimary(tokens: TokenStream, depth: number): Expression {
  const token = tokens.peek();
  if (tokens.accept('(')) {
    const inner = parseExpression(tokens, depth + 1);
    tokens.expect(')');
    return inner;
  }
  if (token.kind === 'keyword') return parseKeyword(tokens, token.value, depth);
  if (token.kind === 'symbol' || token.kind === 'end') throw tokens.unexpected('expected an expression');
  if (token.kind === 'name') return parseName(tokens, token.value);
  tokens.next();
  return expressionNode({ kind: 'literal', value: token.value }, token.at, []);
}

function parseKeyword(tokens: TokenStream, word: string, depth: number): Expression {
  const { at } = tokens.peek();
  if (word === 'new') return parseAllocation(tokens, () => parseExpression(tokens, depth + 1));
  if (word !== 'true' && word !== 'false' && word !== 'null') {
    throw new Fault('syntax', `\`${word}\` is a reserved word and cannot be used here`, at);
  }
  tokens.next();
  return expressionNode({ kind: 'literal', value: word === 'null' ? null : word === 'true' }, at, []);
}

function parseName(tokens: TokenStream, name: string): Expression {
  const { at } = tokens.next();
  if (tokens.isSymbol('(')) throw new Fault('syntax', `SEL has no functions of its own: ${name}() needs an object`, at);
  return expressionNode({ kind: 'name', name }, at, []);
}
