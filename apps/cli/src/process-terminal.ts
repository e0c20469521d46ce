import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import type { Terminal } from './terminal.js';

const DEFAULT_COLUMNS = 100;
const DEFAULT_ROWS = 24;

/** processTerminal is the terminal of this process. */
export function processTerminal({ stdin, stdout, stderr }: NodeJS.Process = process): Terminal {
  return {
    out: (written) => void stdout.write(written),
    err: (written) => void stderr.write(written),
    isTty: stdout.isTTY,
    canAsk: stdin.isTTY && stderr.isTTY,
    columns: () => stdout.columns || DEFAULT_COLUMNS,
    rows: () => stdout.rows || DEFAULT_ROWS,
    ask: async (question) => {
      const reader = createInterface({ input: stdin, output: stderr });
      try {
        return await reader.question(question);
      } finally {
        reader.close();
      }
    },
    readStdin: () => text(stdin),
    stdin: () => stdin.setEncoding('utf8'),
    write: async (written) => {
      if (!stdout.write(written)) await once(stdout, 'drain');
    },
    onInterrupt: (callback) => {
      process.once('SIGINT', callback);
      return () => void process.off('SIGINT', callback);
    },
  };
}
