import { LRUCache } from 'lru-cache';
import { Fault, faultIn } from '../runtime/error.js';
import { MAX_TEXT_CHARS } from '../runtime/limits.js';
import type { Machine } from '../runtime/machine.js';
import type { SelResult } from '../runtime/value.js';
import type { Program } from './ast.js';
import { generator } from './code-generator.js';
import { Names } from './names.js';
import { operandsOf, type Operands } from './operands.js';
import { parse } from './parser.js';
import { generateBody } from './statement-generator.js';
import { resolveUnicodeEscapes } from './string-literal.js';

/** Compiled is an expression ready to be evaluated, any number of times, in any scope. */
export interface Compiled {
  /** The text that positions refer to. */
  readonly text: string;
  readonly program: Program;
  readonly operands: Operands;
  /** Runs it; the limits of length and operands are for the caller to check. */
  readonly code: (machine: Machine) => SelResult;
}

/** Compiler turns text into code. */
export interface Compiler {
  /** compile throws SelError with the position of what is wrong. */
  compile(text: string): Compiled;
}

/** CompileOptions bound the text. */
export interface CompileOptions {
  /** Text of this many characters or more is refused. Default: the original's 10 000. */
  readonly length?: number;
}

/** compile compiles one expression or program without a cache; throws SelError. */
export function compile(source: string, { length = MAX_TEXT_CHARS }: CompileOptions = {}): Compiled {
  // Far too long to fit, whatever escapes it holds: not worth looking through.
  const text = source.length >= length * ESCAPE_CHARS ? source : resolveUnicodeEscapes(source);
  try {
    if (text.length >= length) throw tooLong(text, length);
    const program = parse(text);
    return { text, program, operands: operandsOf(program), code: programCode(program) };
  } catch (error) {
    if (error instanceof Fault) throw faultIn(text, error);
    throw error;
  }
}

/** An escape of this many characters stands for one. */
const ESCAPE_CHARS = 6;

function tooLong(text: string, length: number): Fault {
  return new Fault('limit', `the expression has ${text.length} characters; fewer than ${length} are allowed`, 0);
}

/** A compiled text takes about 450 bytes for each of its characters: long texts are remembered at the cost of several short ones. */
const CHARS_PER_ENTRY = 200;

/**
 * createCompiler gives a compiler that remembers the latest `cacheSize` texts, fewer when they are longer than 200 characters on average:
 * so a cache of 1 000 stays below 100 MB whatever is compiled.
 */
export function createCompiler(options: CompileOptions & { readonly cacheSize: number }): Compiler {
  const cache = new LRUCache<string, Compiled>({
    max: options.cacheSize,
    maxSize: options.cacheSize * CHARS_PER_ENTRY,
    sizeCalculation: (_compiled, text) => 1 + text.length,
  });
  return {
    compile(text) {
      const known = cache.get(text);
      if (known) return known;
      const compiled = compile(text, options);
      cache.set(text, compiled);
      return compiled;
    },
  };
}

/** The result is that of the first `return`, else of the last statement if it is an expression, else VOID (spec 7.3). */
function programCode(program: Program): Compiled['code'] {
  const context = generator(new Names(), false);
  const [only] = program;
  if (only && program.length === 1 && only.kind === 'expression') return context.code(only.expression);
  const body = generateBody(context, program, true);
  return (machine) => {
    body(machine);
    return machine.result;
  };
}
