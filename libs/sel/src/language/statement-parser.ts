import type { Expression, Statement } from './ast.js';
import { isDeclaration, parseDeclaration } from './declaration-parser.js';
import { parseExpression } from './expression-parser.js';
import { refuseDeep, statementNode } from './node.js';
import type { TokenStream } from './token-stream.js';

/** parseBlockStatement reads a declaration or statement. */
export function parseBlockStatement(tokens: TokenStream, depth: number): Statement {
  if (!isDeclaration(tokens)) return parseStatement(tokens, depth);
  const declaration = parseDeclaration(tokens, depth);
  tokens.expect(';');
  return declaration;
}

/** parseStatement reads a statement. */
function parseStatement(tokens: TokenStream, depth: number): Statement {
  const token = tokens.peek();
  refuseDeep(depth, token.at);
  if (tokens.isSymbol('{')) return parseBlock(tokens, depth);
  const word = token.kind === 'keyword' ? token.value : '';
  if (word === 'if') return parseIf(tokens, depth);
  if (word === 'while') return parseWhile(tokens, depth);
  if (word === 'for') return parseFor(tokens, depth);
  if (word === 'break' || word === 'continue') return parseJump(tokens, word);
  if (word === 'return' || word === 'throw') return parseEnd(tokens, word, depth);
  return parseExpressionStatement(tokens, depth);
}

function parseExpressionStatement(tokens: TokenStream, depth: number): Statement {
  const expression = parseExpression(tokens, depth);
  endStatement(tokens);
  return statementNode({ kind: 'expression', expression }, expression.at, [expression]);
}

/** The `;` of the last statement may be left out: the original adds it before it parses (spec 7.3). */
function endStatement(tokens: TokenStream): void {
  if (tokens.peek().kind !== 'end') tokens.expect(';');
}

function parseBlock(tokens: TokenStream, depth: number): Statement {
  const { at } = tokens.next();
  const body: Statement[] = [];
  while (!tokens.accept('}')) body.push(parseBlockStatement(tokens, depth + 1));
  return statementNode({ kind: 'block', body }, at, body);
}

function parseIf(tokens: TokenStream, depth: number): Statement {
  const { at } = tokens.next();
  const test = parseTest(tokens, depth);
  const then = parseStatement(tokens, depth + 1);
  if (!tokens.acceptKeyword('else')) return statementNode({ kind: 'if', test, then }, at, [test, then]);
  const otherwise = parseStatement(tokens, depth + 1);
  return statementNode({ kind: 'if', test, then, otherwise }, at, [test, then, otherwise]);
}

function parseTest(tokens: TokenStream, depth: number): Expression {
  tokens.expect('(');
  const test = parseExpression(tokens, depth + 1);
  tokens.expect(')');
  return test;
}

function parseWhile(tokens: TokenStream, depth: number): Statement {
  const { at } = tokens.next();
  const test = parseTest(tokens, depth);
  const body = parseStatement(tokens, depth + 1);
  return statementNode({ kind: 'while', test, body }, at, [test, body]);
}

function parseFor(tokens: TokenStream, depth: number): Statement {
  const { at } = tokens.next();
  tokens.expect('(');
  const init = tokens.isSymbol(';') ? undefined : parseInit(tokens, depth + 1);
  tokens.expect(';');
  const test = tokens.isSymbol(';') ? undefined : parseExpression(tokens, depth + 1);
  tokens.expect(';');
  const update = tokens.isSymbol(')') ? undefined : parseExpression(tokens, depth + 1);
  tokens.expect(')');
  const body = parseStatement(tokens, depth + 1);
  const parts = { ...(init && { init }), ...(test && { test }), ...(update && { update }) };
  return statementNode({ kind: 'for', ...parts, body }, at, [init, test, update, body]);
}

function parseInit(tokens: TokenStream, depth: number): Statement {
  if (isDeclaration(tokens)) return parseDeclaration(tokens, depth);
  const expression = parseExpression(tokens, depth);
  return statementNode({ kind: 'expression', expression }, expression.at, [expression]);
}

function parseJump(tokens: TokenStream, kind: 'break' | 'continue'): Statement {
  const { at } = tokens.next();
  endStatement(tokens);
  return statementNode({ kind }, at, []);
}

function parseEnd(tokens: TokenStream, kind: 'return' | 'throw', depth: number): Statement {
  const { at } = tokens.next();
  const expression = parseExpression(tokens, depth + 1);
  endStatement(tokens);
  return statementNode({ kind, expression }, at, [expression]);
}
