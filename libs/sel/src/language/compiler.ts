import { LRUCache } from 'lru-cache';
import type { Program, Statement } from './ast.js';
import { generate } from './code-generator.js';
import { Fault, SelError } from '../runtime/error.js';
import { MAX_TEXT_CHARS } from '../runtime/limits.js';
import type { Code } from '../runtime/machine.js';
import { parse } from './parser.js';
import { resolveUnicodeEscapes } from './string-literal.js';

/** Compiled is an expression ready to be evaluated, any number of times, in any scope. */
export interface Compiled {
  /** The text that positions refer to. */
  readonly text: string;
  readonly code: Code;
}

/** Compiler turns text into code. */
export interface Compiler {
  /** compile throws SelError with the position of what is wrong. */
  compile(text: string): Compiled;
}

/** compile compiles one expression without a cache; throws SelError. */
export function compile(source: string): Compiled {
  const text = resolveUnicodeEscapes(source);
  try {
    if (text.length >= MAX_TEXT_CHARS) throw tooLong(text);
    return { text, code: programCode(parse(text)) };
  } catch (error) {
    if (error instanceof Fault) throw new SelError(error.kind, error.message, text, error.offset);
    throw error;
  }
}

function tooLong(text: string): Fault {
  return new Fault(
    'limit',
    `the expression has ${text.length} characters; fewer than ${MAX_TEXT_CHARS} are allowed`,
    0,
  );
}

/** createCompiler gives a compiler that remembers the latest `cacheSize` texts. */
export function createCompiler(options: { readonly cacheSize: number }): Compiler {
  const cache = new LRUCache<string, Compiled>({ max: options.cacheSize });
  return {
    compile(text) {
      const known = cache.get(text);
      if (known) return known;
      const compiled = compile(text);
      cache.set(text, compiled);
      return compiled;
    },
  };
}

/** The result is that of the first `return`, else of the last statement. */
function programCode(program: Program): Code {
  const end = program.findIndex((statement) => statement.kind === 'return');
  const codes = program.map((statement: Statement) => generate(statement.expression));
  const reached = end < 0 ? codes : codes.slice(0, end + 1);
  const [last] = reached.slice(-1);
  if (!last) throw new Fault('syntax', 'the expression is empty', 0);
  if (reached.length === 1) return last;
  const before = reached.slice(0, -1);
  return (machine) => {
    for (const code of before) code(machine);
    return last(machine);
  };
}
