import type { Colors } from '../cli.js';

type Mood = 'good' | 'bad' | 'busy' | 'ended' | 'waiting';

const MOODS: Readonly<Record<string, Mood>> = {
  SUCCEEDED: 'good',
  SKIPPED: 'good',
  COMPLETED_WITH_ERROR: 'bad',
  FAILED: 'bad',
  USER_FAILED: 'bad',
  PLATFORM_FAILED: 'bad',
  TIMEOUT_FAILED: 'bad',
  FATALLY_FAILED: 'bad',
  INTERNALLY_FAILED: 'bad',
  TIMED_OUT: 'bad',
  STOPPED: 'ended',
  DISABLED: 'ended',
  UNSATISFIED: 'ended',
  IN_PROGRESS: 'busy',
  STARTING: 'busy',
  RUNNING: 'busy',
  FINISHING: 'busy',
  EVALUATING_PARAMS: 'busy',
};

const SIGNS: Readonly<Record<Mood, string>> = { good: '✔', bad: '✖', busy: '●', ended: '○', waiting: '·' };

/** isBusy: something happens right now. */
export function isBusy(status: string): boolean {
  return MOODS[status] === 'busy';
}

/** signOf is the one character that stands for a status. */
export function signOf(status: string): string {
  return SIGNS[MOODS[status] ?? 'waiting'];
}

/** paintStatus colours text as its status deserves. */
export function paintStatus(status: string, text: string, colors: Colors): string {
  switch (MOODS[status] ?? 'waiting') {
    case 'good':
      return colors.green(text);
    case 'bad':
      return colors.red(text);
    case 'busy':
      return colors.cyan(text);
    case 'ended':
      return colors.yellow(text);
    case 'waiting':
      return colors.dim(text);
  }
}
