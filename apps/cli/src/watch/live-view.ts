import type { Cli } from '../cli.js';
import { frameLines } from './frame.js';
import type { RunState } from './run-state.js';
import type { View } from './view.js';

const FRAME_MS = 100;
const CLEAR_LINE = '\u001B[2K';
const CLEAR_BELOW = '\u001B[J';
/** Without cursor, and without wrapping: a wrapped line would be two, and the next picture would miss its place. */
const TAKE_SCREEN = '\u001B[?25l\u001B[?7l';
const LEAVE_SCREEN = '\u001B[?7h\u001B[?25h';

/** liveView draws the run over its last picture, ten times a second. */
export function liveView({ terminal, colors, now }: Pick<Cli, 'terminal' | 'colors' | 'now'>): View {
  let state: RunState | undefined;
  let lost: string | undefined;
  let height = 0;
  let tick = 0;
  const draw = (): void => {
    if (state === undefined) return;
    const size = { columns: terminal.columns(), rows: terminal.rows() };
    const lines = frameLines(state, { ...size, now: now(), tick, colors, lost });
    const up = height === 0 ? TAKE_SCREEN : `\u001B[${height}A`;
    terminal.out(`${up}${lines.map((line) => `${CLEAR_LINE}${line}\n`).join('')}${CLEAR_BELOW}`);
    height = lines.length;
  };
  const timer = setInterval(() => {
    tick += 1;
    draw();
  }, FRAME_MS);
  return {
    show: (next) => {
      [state, lost] = [next, undefined];
      draw();
    },
    lost: (reason) => (lost = reason),
    close: () => {
      clearInterval(timer);
      if (height > 0) terminal.out(LEAVE_SCREEN);
    },
  };
}
