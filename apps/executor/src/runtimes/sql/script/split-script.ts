import type { Dialect } from './dialect.js';
import { tokensOf, type Token } from './tokens.js';

/** Statement is one statement of a script. */
export interface Statement {
  readonly tokens: readonly Token[];
  /** Where it begins in the script, counted from 1. */
  readonly line: number;
  /** Its first word in capitals: `SELECT`. */
  readonly verb: string;
}

/**
 * splitScript cuts a script at the semicolons that end statements: not those in quotes, comments and parentheses, and not those in
 * the body of a function between BEGIN ATOMIC and END. Statements without a word are left out.
 */
export function splitScript(sql: string, dialect: Dialect): readonly Statement[] {
  const statements: Statement[] = [];
  let open = new OpenStatement();
  let line = 1;
  for (const token of tokensOf(sql, dialect)) {
    if (token.kind === 'end' && !open.isInside()) {
      statements.push(...open.close());
      open = new OpenStatement();
    } else {
      open.add(token, line);
    }
    line += token.text.split('\n').length - 1;
  }
  return [...statements, ...open.close()];
}

/** The statement that is being read. */
class OpenStatement {
  private readonly tokens: Token[] = [];
  private line: number | undefined;
  private verb = '';
  private parentheses = 0;
  /** BEGIN .. END and CASE .. END that are open in the body of a function. */
  private blocks = 0;
  private definesRoutine = false;
  private lastWord = '';

  isInside(): boolean {
    return this.parentheses > 0 || this.blocks > 0;
  }

  add(token: Token, line: number): void {
    if (this.line === undefined && token.kind === 'blank') return;
    this.line ??= line;
    this.tokens.push(token);
    if (token.text === '(') this.parentheses += 1;
    if (token.text === ')' && this.parentheses > 0) this.parentheses -= 1;
    if (token.kind === 'word') this.addWord(token.text.toUpperCase());
  }

  close(): Statement[] {
    while (this.tokens.at(-1)?.kind === 'blank') this.tokens.pop();
    const says = this.tokens.some(({ kind }) => kind !== 'blank');
    return says ? [{ tokens: this.tokens, line: this.line ?? 1, verb: this.verb }] : [];
  }

  private addWord(word: string): void {
    if (this.verb === '') this.verb = word;
    if (this.verb === 'CREATE' && ['FUNCTION', 'PROCEDURE'].includes(word)) this.definesRoutine = true;
    if (this.definesRoutine) this.follow(word);
    this.lastWord = word;
  }

  private follow(word: string): void {
    if (word === 'ATOMIC' && this.lastWord === 'BEGIN') this.blocks = 1;
    else if (this.blocks > 0 && word === 'CASE') this.blocks += 1;
    else if (this.blocks > 0 && word === 'END') this.blocks -= 1;
  }
}
