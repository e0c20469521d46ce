import type { Program, Statement } from './ast.js';
import { Fault } from '../runtime/error.js';
import { parseExpression } from './expression-parser.js';
import { tokenize } from './lexer.js';
import { TokenStream } from './token-stream.js';
import { unsupported } from '../runtime/unsupported.js';

/** parse reads a program: expression statements and `return`; the `;` of the last one may be left out. Throws Fault. */
export function parse(text: string): Program {
  const tokens = new TokenStream(tokenize(text));
  const program: Statement[] = [];
  while (tokens.peek().kind !== 'end') program.push(parseStatement(tokens));
  if (program.length === 0) throw new Fault('syntax', 'the expression is empty', 0);
  return program;
}

function parseStatement(tokens: TokenStream): Statement {
  refuseLater(tokens);
  const isReturn = tokens.peek().kind === 'keyword' && tokens.peek().value === 'return';
  if (isReturn) tokens.next();
  const expression = parseExpression(tokens);
  if (tokens.peek().kind !== 'end') tokens.expect(';');
  return { kind: isReturn ? 'return' : 'expression', expression };
}

/** Keywords are refused where expressions are parsed; what remains needs a look ahead. */
function refuseLater(tokens: TokenStream): void {
  const { kind, at } = tokens.peek();
  if (tokens.isSymbol('{')) throw unsupported('a block of statements', at);
  const declares = tokens.peek(1).kind === 'name' || (tokens.isSymbol('[', 1) && tokens.isSymbol(']', 2));
  if (kind === 'name' && declares) throw unsupported('variable declarations', at);
}
