import { condition } from '../runtime/condition.js';
import { Fault } from '../runtime/error.js';
import { burn, type Code } from '../runtime/machine.js';
import { typeOf } from '../runtime/value.js';
import { generator } from './code-generator.js';
import type { Statement } from './ast.js';
import { generateDeclaration } from './declaration-generator.js';
import type { Generator } from './generator.js';
import { loop } from './loop.js';
import { BREAK, CONTINUE, END, NEXT, type Step } from './step.js';

/** generateBody turns statements into one step; with `last` the value of the last expression ends the program. */
export function generateBody(context: Generator, body: readonly Statement[], last: boolean): Step {
  const steps = body.map((statement, index) =>
    generateStatement(context, statement, last && index === body.length - 1),
  );
  const [only] = steps;
  if (only && steps.length === 1) return only;
  return (machine) => {
    for (const step of steps) {
      const completion = step(machine);
      if (completion !== NEXT) return completion;
    }
    return NEXT;
  };
}

function generateStatement(context: Generator, statement: Statement, last: boolean): Step {
  switch (statement.kind) {
    case 'expression':
      return last ? result(context.code(statement.expression)) : evaluateOnly(context.code(statement.expression));
    case 'return':
      return result(context.code(statement.expression));
    case 'throw':
      return generateThrow(context.code(statement.expression), statement.at);
    case 'declare':
      return generateDeclaration(context, statement);
    case 'block':
      return generateBody(context, statement.body, last);
    case 'if':
      return generateIf(context, statement);
    default:
      return generateLoop(context, statement);
  }
}

function evaluateOnly(code: Code): Step {
  return (machine) => {
    code(machine);
    return NEXT;
  };
}

function result(code: Code): Step {
  return (machine) => {
    machine.result = code(machine);
    return END;
  };
}

/** Messages are stored and shown: they are no way to store more than a page. */
const MAX_THROWN_CHARS = 2_000;

/** The message is the user's own (spec 7.3). */
function generateThrow(code: Code, at: number): Step {
  return (machine) => {
    const message = code(machine);
    if (typeof message === 'string') throw new Fault('thrown', message.slice(0, MAX_THROWN_CHARS), at);
    throw new Fault('type', `\`throw\` needs a STRING, not ${typeOf(message)}`, at);
  };
}

function generateIf(context: Generator, { test, then, otherwise, at }: Extract<Statement, { kind: 'if' }>): Step {
  const testCode = context.code(test);
  const thenStep = generateStatement(context, then, false);
  const otherwiseStep = otherwise ? generateStatement(context, otherwise, false) : undefined;
  return (machine) => {
    burn(machine, 1);
    if (condition(testCode(machine), 'if', at)) return thenStep(machine);
    return otherwiseStep ? otherwiseStep(machine) : NEXT;
  };
}

type LoopStatement = Extract<Statement, { kind: 'while' | 'for' | 'break' | 'continue' }>;

function generateLoop(context: Generator, statement: LoopStatement): Step {
  const { kind, at } = statement;
  if (kind === 'break' || kind === 'continue') return jump(context, kind, at);
  const inside = generator(context.names, true);
  const body = generateStatement(inside, statement.body, false);
  if (kind === 'while') return loop({ test: inside.code(statement.test), body, where: kind, at });
  const { init, test, update } = statement;
  const first = init && generateStatement(context, init, false);
  const parts = { test: test && inside.code(test), update: update && inside.code(update) };
  const repeat = loop({ ...parts, body, where: kind, at });
  return (machine) => {
    first?.(machine);
    return repeat(machine);
  };
}

function jump({ inLoop }: Generator, word: 'break' | 'continue', at: number): Step {
  if (inLoop) return () => (word === 'break' ? BREAK : CONTINUE);
  return () => {
    throw new Fault('syntax', `\`${word}\` is in no loop that it could ${word}`, at);
  };
}
