import type { BinaryOperator, Expression, ExpressionShape, UnaryOperator } from './ast.js';
import { Fault } from '../runtime/error.js';
import type { Token } from './lexer.js';
import type { TokenStream } from './token-stream.js';
import { unsupported } from '../runtime/unsupported.js';
import { CLASS_NAMES, LATER_WORDS } from './vocabulary.js';

/** The highest expression tree that is accepted. */
export const MAX_HEIGHT = 1_000;

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
const ASSIGNMENTS: ReadonlySet<string> = new Set(['=', '+=', '-=', '*=', '/=', '%=']);

/** parseExpression reads one expression: `or ['?' expression ':' expression]`. */
export function parseExpression(tokens: TokenStream, depth = 0): Expression {
  const test = parseInfix(tokens, 0, depth);
  const { at } = tokens.peek();
  if (tokens.accept('?')) {
    const then = parseExpression(tokens, depth + 1);
    tokens.expect(':');
    const otherwise = parseExpression(tokens, depth + 1);
    return node({ kind: 'ternary', test, then, otherwise }, at, [test, then, otherwise]);
  }
  if (isAssignment(tokens.peek())) throw unsupported('assignments to variables', at);
  return test;
}

function isAssignment(token: Token): boolean {
  return token.kind === 'symbol' && ASSIGNMENTS.has(token.value);
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
  return node(shape, at, [left, right]);
}

function parseUnary(tokens: TokenStream, depth: number): Expression {
  const token = tokens.peek();
  if (depth > MAX_HEIGHT) throw tooDeep(token.at);
  if (token.kind !== 'symbol' || !['-', '+', '!'].includes(token.value)) return parsePostfix(tokens, depth);
  tokens.next();
  const operand = parseUnary(tokens, depth + 1);
  return node({ kind: 'unary', operator: token.value as UnaryOperator, operand }, token.at, [operand]);
}

function parsePostfix(tokens: TokenStream, depth: number): Expression {
  let object = parsePrimary(tokens, depth);
  for (;;) {
    const { at } = tokens.peek();
    if (tokens.accept('[')) {
      const index = parseExpression(tokens, depth + 1);
      tokens.expect(']');
      object = node({ kind: 'index', object, index }, at, [object, index]);
    } else if (tokens.accept('.')) object = parseMember(tokens, object, depth);
    else return object;
  }
}

function parseMember(tokens: TokenStream, object: Expression, depth: number): Expression {
  const token = tokens.peek();
  if (token.kind !== 'name') throw tokens.unexpected('expected the name of a field or method after `.`');
  tokens.next();
  if (!tokens.accept('(')) return node({ kind: 'field', object, name: token.value }, token.at, [object]);
  const args: Expression[] = [];
  while (!tokens.accept(')')) {
    if (args.length > 0) tokens.expect(',');
    args.push(parseExpression(tokens, depth + 1));
  }
  return node({ kind: 'call', object, name: token.value, args }, token.at, [object, ...args]);
}

function parsePrimary(tokens: TokenStream, depth: number): Expression {
  const token = tokens.peek();
  if (tokens.accept('(')) {
    const inner = parseExpression(tokens, depth + 1);
    tokens.expect(')');
    return inner;
  }
  if (token.kind === 'keyword') return parseKeyword(tokens, token.value);
  if (token.kind === 'symbol' || token.kind === 'end') throw tokens.unexpected('expected an expression');
  if (token.kind === 'name') return parseName(tokens, token.value);
  tokens.next();
  return node({ kind: 'literal', value: token.value }, token.at, []);
}

function parseKeyword(tokens: TokenStream, word: string): Expression {
  const { at } = tokens.peek();
  const later = LATER_WORDS.get(word);
  if (later !== undefined) throw unsupported(later, at);
  if (word !== 'true' && word !== 'false' && word !== 'null') {
    throw new Fault('syntax', `\`${word}\` is a reserved word and cannot be used here`, at);
  }
  tokens.next();
  return node({ kind: 'literal', value: word === 'null' ? null : word === 'true' }, at, []);
}

function parseName(tokens: TokenStream, name: string): Expression {
  const { at } = tokens.next();
  if (tokens.isSymbol('(')) throw new Fault('syntax', `SEL has no functions of its own: ${name}() needs an object`, at);
  if (CLASS_NAMES.has(name) && tokens.isSymbol('.'))
    throw unsupported(`\`${name}.${String(tokens.peek(1).value)}\``, at);
  return node({ kind: 'name', name }, at, []);
}

function node(shape: ExpressionShape, at: number, children: readonly Expression[]): Expression {
  const height = 1 + children.reduce((highest, child) => Math.max(highest, child.height), 0);
  if (height > MAX_HEIGHT) throw tooDeep(at);
  return { ...shape, at, height };
}

function tooDeep(at: number): Fault {
  return new Fault('limit', `the expression is nested more than ${MAX_HEIGHT} levels deep`, at);
}
