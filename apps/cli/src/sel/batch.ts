import { MaestroError } from '@maestro/domain';
import type { Cli } from '../cli.js';
import { answerJson, problemAnswer, type Answer } from './answer.js';
import { columnOf, readBatchLine } from './batch-line.js';
import { InputError } from './input-error.js';
import { Lines, MAX_LINE_CHARS, TOO_LONG } from './lines.js';
import { Playground } from './playground.js';

/** So many characters of answers are written at once ... */
const WRITE_CHARS = 65_536;

/** ... or those of so many milliseconds, so that nobody waits for the answer of a quick line behind slow ones. */
const WRITE_MS = 50;

/**
 * runBatch answers every line of the standard input with a line, in order, while input comes in. It reads on only when its
 * answers are taken, so that it holds one piece of input and one of output, however long the batch is.
 */
export async function runBatch({ terminal, now }: Cli): Promise<void> {
  const batch = new Batch(now);
  const lines = new Lines();
  for await (const piece of terminal.stdin()) {
    for (const text of batch.answers(lines.add(piece))) await terminal.write(text);
  }
  for (const text of batch.answers(lines.end())) await terminal.write(text);
}

class Batch {
  private readonly playground = new Playground();
  private count = 0;

  constructor(private readonly now: () => number) {}

  /** The answers to lines, several in one text. */
  *answers(lines: Iterable<string | typeof TOO_LONG>): Generator<string> {
    let text = '';
    let since = performance.now();
    for (const line of lines) {
      text += `${answerJson(this.answer(line))}\n`;
      if (text.length < WRITE_CHARS && performance.now() - since < WRITE_MS) continue;
      yield text;
      text = '';
      since = performance.now();
    }
    if (text !== '') yield text;
  }

  private answer(line: string | typeof TOO_LONG): Answer {
    this.count += 1;
    if (line === TOO_LONG) return this.unreadable(`the line has more than ${MAX_LINE_CHARS} characters`, 1);
    try {
      return this.playground.answer(readBatchLine(line, this.now));
    } catch (error) {
      if (error instanceof InputError || error instanceof MaestroError) {
        return this.unreadable(error.message, columnOf(error));
      }
      // A defect of ours spoils one answer, not the batch.
      return problemAnswer({ kind: 'internal', message: String(error), line: 1, column: 1 });
    }
  }

  /** The place of such an error is one of the batch, not of an expression. */
  private unreadable(message: string, column: number): Answer {
    return problemAnswer({ kind: 'input', message, line: this.count, column });
  }
}
