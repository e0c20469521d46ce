import { Command } from 'commander';
import type { Cli, ExitCode } from '../cli.js';
import { UsageError } from '../errors.js';
import { readPlainParams } from '../params/param-file.js';
import type { Output } from '../print/output.js';
import { printAnswer } from '../print/sel-answer.js';
import { runBatch } from '../sel/batch.js';
import { InputError } from '../sel/input-error.js';
import { LIMIT_NAMES, limitsOfText } from '../sel/limits.js';
import { Playground, type Question } from '../sel/playground.js';
import { paramsOf } from '../sel/sel-data.js';

interface SelOptions {
  readonly params?: string;
  readonly limits?: string;
  readonly nowMs?: string;
  readonly batch?: true;
  readonly output: Output;
}

const HELP = `
Without a server. Params are plain values: whole numbers are LONG, other numbers DOUBLE, objects MAP.
An expression that begins with "-" stands behind "--".
A batch reads JSON lines {"expr", "params", "limits", "now_ms"} (all but expr may be left out) from the standard input and
answers each with one line, in order: {"value", "type"} or {"error": {"kind", "message", "line", "column"}}.`;

/** selCommand: `maestro sel <expression>` and `maestro sel --batch`. */
export function selCommand(cli: Cli): Command {
  return new Command('sel')
    .description('evaluate an expression here: the playground of SEL')
    .argument('[expression]', 'the expression; "-" reads it from the standard input')
    .option('--params <file>', 'params that it can read, in JSON or YAML')
    .option('--limits <name=count,...>', `other limits than the usual: ${LIMIT_NAMES.join(', ')}`)
    .option('--now-ms <ms>', 'the present moment for it, in milliseconds since the epoch')
    .option('--batch', 'evaluate one expression for each line of the standard input')
    .addHelpText('after', HELP)
    .action(async function (this: Command, expression: string | undefined) {
      cli.exitWith(await sel(cli, expression, this.optsWithGlobals<SelOptions>()));
    });
}

async function sel(cli: Cli, expression: string | undefined, options: SelOptions): Promise<ExitCode> {
  if (options.batch === true) {
    refuseBesideBatch(expression, options);
    await runBatch(cli);
    return 0;
  }
  if (expression === undefined) throw new UsageError('write an expression, "-" to read one, or --batch');
  const text = expression === '-' ? await cli.terminal.readStdin() : expression;
  const answer = new Playground().answer(questionOf(cli, text, options));
  printAnswer(cli, options.output, text, answer);
  return answer.kind === 'value' ? 0 : 1;
}

/** A batch says all of it line by line. */
function refuseBesideBatch(expression: string | undefined, { params, limits, nowMs }: SelOptions): void {
  if ([expression, params, limits, nowMs].some((given) => given !== undefined)) {
    throw new UsageError('--batch takes expressions, params, limits and now_ms from the lines of the standard input');
  }
}

function questionOf(cli: Cli, expr: string, { params, limits, nowMs }: SelOptions): Question {
  try {
    return {
      expr,
      params: paramsOf(params === undefined ? undefined : readPlainParams(params)),
      limits: limitsOfText(limits ?? ''),
      nowMs: nowMs === undefined ? cli.now() : momentOf(nowMs),
    };
  } catch (error) {
    if (error instanceof InputError) throw new UsageError(error.message);
    throw error;
  }
}

function momentOf(text: string): number {
  if (/^-?\d{1,15}$/.test(text)) return Number(text);
  throw new InputError(`--now-ms "${text}": write milliseconds since the epoch`);
}
