import type { Declarator, Statement, TypeName } from './ast.js';
import { parseExpression } from './expression-parser.js';
import { statementNode } from './node.js';
import type { TokenStream } from './token-stream.js';
import { PRIMITIVES } from './vocabulary.js';

/** isDeclaration says whether a type and a name follow: `int x`, `String[] names`. */
export function isDeclaration(tokens: TokenStream): boolean {
  const { kind, value } = tokens.peek();
  if (kind === 'keyword') return PRIMITIVES.has(value);
  if (kind !== 'name') return false;
  const array = tokens.isSymbol('[', 1) && tokens.isSymbol(']', 2);
  return tokens.peek(array ? 3 : 1).kind === 'name';
}

/** parseDeclaration reads `type name [= value] {, name [= value]}`. */
export function parseDeclaration(tokens: TokenStream, depth: number): Statement {
  const { at } = tokens.peek();
  const type = parseType(tokens);
  const declarators = [parseDeclarator(tokens, depth)];
  while (tokens.accept(',')) declarators.push(parseDeclarator(tokens, depth));
  return statementNode(
    { kind: 'declare', type, declarators },
    at,
    declarators.map(({ value }) => value),
  );
}

function parseType(tokens: TokenStream): TypeName {
  const name = String(tokens.next().value);
  const array = tokens.accept('[');
  if (array) tokens.expect(']');
  return { name, array };
}

function parseDeclarator(tokens: TokenStream, depth: number): Declarator {
  const { at } = tokens.peek();
  const name = tokens.expectName('the name of a variable');
  return tokens.accept('=') ? { name, at, value: parseExpression(tokens, depth + 1) } : { name, at };
}
