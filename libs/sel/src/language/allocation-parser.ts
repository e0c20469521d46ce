import type { Expression } from './ast.js';
import { expressionNode } from './node.js';
import type { TokenStream } from './token-stream.js';
import { PRIMITIVES } from './vocabulary.js';

/** Reader reads one expression; it comes in, as expressions and allocations contain each other. */
type Reader = () => Expression;

/** parseAllocation reads `new C(..)`, `new T[n]` and `new T[]{..}`. */
export function parseAllocation(tokens: TokenStream, read: Reader): Expression {
  const { at } = tokens.next();
  const token = tokens.peek();
  const primitive = token.kind === 'keyword' && PRIMITIVES.has(token.value);
  if (token.kind !== 'name' && !primitive) throw tokens.unexpected('expected a type after `new`');
  const name = String(tokens.next().value);
  if (tokens.accept('[')) return tokens.accept(']') ? literal(tokens, name, at, read) : sized(tokens, name, at, read);
  if (primitive) throw tokens.unexpected(`expected \`[\` after \`new ${name}\``);
  tokens.expect('(');
  const args = parseArguments(tokens, read);
  return expressionNode({ kind: 'new', className: name, args }, at, args);
}

function sized(tokens: TokenStream, element: string, at: number, read: Reader): Expression {
  const size = read();
  tokens.expect(']');
  return expressionNode({ kind: 'newArray', element, size }, at, [size]);
}

function literal(tokens: TokenStream, element: string, at: number, read: Reader): Expression {
  tokens.expect('{');
  const items: Expression[] = [];
  while (!tokens.accept('}')) {
    if (items.length > 0) tokens.expect(',');
    if (items.length > 0 && tokens.accept('}')) break;
    items.push(read());
  }
  return expressionNode({ kind: 'arrayLiteral', element, items }, at, items);
}

/** parseArguments reads what follows `(` up to its `)`. */
export function parseArguments(tokens: TokenStream, read: Reader): Expression[] {
  const args: Expression[] = [];
  while (!tokens.accept(')')) {
    if (args.length > 0) tokens.expect(',');
    args.push(read());
  }
  return args;
}
