import type { Program, Statement } from './ast.js';
import { parseBlockStatement } from './statement-parser.js';
import { TokenStream } from './token-stream.js';

/** parse reads a program; the `;` of the last statement may be left out. Throws Fault. */
export function parse(text: string): Program {
  const tokens = new TokenStream(text);
  while (tokens.acceptKeyword('import')) skipImport(tokens);
  const program: Statement[] = [];
  while (tokens.peek().kind !== 'end') program.push(parseBlockStatement(tokens, 0));
  return program;
}

/** Imports are accepted and mean nothing: there is no class to be had besides those of the library. */
function skipImport(tokens: TokenStream): void {
  tokens.acceptKeyword('static');
  tokens.expectName('the name of a package');
  while (tokens.accept('.')) if (!tokens.accept('*')) tokens.expectName('the name of a class');
  tokens.expect(';');
}
