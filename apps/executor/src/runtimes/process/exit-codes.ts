import type { Json } from '@maestro/domain';
import { isJsonObject } from '../params.js';
import type { RuntimeOutcome } from '../runtime.js';

type ExitOutcome = Exclude<RuntimeOutcome, 'STOPPED'>;

/** What users call the outcomes in the param `exit_codes`. */
const CLASSES: Readonly<Record<string, ExitOutcome>> = {
  success: 'DONE',
  user: 'USER_ERROR',
  platform: 'PLATFORM_ERROR',
  fatal: 'FATAL_ERROR',
  timeout: 'TIMED_OUT',
};

/** EX_TEMPFAIL of sysexits.h: "temporary failure, the user is invited to retry". */
const EX_TEMPFAIL = 75;
const KEY = /^(?:(\d{1,3})(?:-(\d{1,3}))?|(SIG[A-Z0-9]{2,8}))$/;
const MAX_CODE = 255;

/** ExitCodes maps the end of a process to the class of its failure. */
export interface ExitCodes {
  outcomeOf(code: number | null, signal: string | null): ExitOutcome;
}

interface Rule {
  readonly from: number;
  readonly to: number;
  readonly signal: string | undefined;
  readonly outcome: ExitOutcome;
}

/**
 * readExitCodes reads the param `exit_codes`: codes (`3`), ranges (`10-19`) and signals (`SIGSEGV`), each to success, user,
 * platform, fatal or timeout; what is narrower goes first. Without a rule: 0 is a success; 75 (EX_TEMPFAIL) and SIGKILL,
 * which nobody but the machine sends here (out of memory), are the platform's; all else is the user's. Throws an Error
 * that says which entry is wrong.
 */
export function readExitCodes(param: Json | undefined): ExitCodes {
  const entries = Object.entries(isJsonObject(param) ? param : {});
  const rules = entries
    .map(([key, value]) => readRule(key, value ?? null))
    .sort((a, b) => a.to - a.from - (b.to - b.from));
  return {
    outcomeOf: (code, signal) => rules.find((rule) => applies(rule, code, signal))?.outcome ?? byDefault(code, signal),
  };
}

function readRule(key: string, value: Json): Rule {
  const [matched, from, to, signal] = KEY.exec(key) ?? [];
  if (matched === undefined) throw new Error(`"${key}" is no exit code (3), range (10-19) or signal (SIGSEGV)`);
  const outcome = typeof value === 'string' && Object.hasOwn(CLASSES, value) ? CLASSES[value] : undefined;
  if (outcome === undefined) throw new Error(`"${key}" must be one of ${Object.keys(CLASSES).join(', ')}`);
  const rule = { from: Number(from ?? 0), to: Number(to ?? from ?? 0), signal, outcome };
  if (rule.to > MAX_CODE || rule.from > rule.to)
    throw new Error(`"${key}" is no range of exit codes (0 to ${MAX_CODE})`);
  return rule;
}

function applies({ from, to, signal }: Rule, code: number | null, killedBy: string | null): boolean {
  if (signal !== undefined) return signal === killedBy;
  return code !== null && from <= code && code <= to;
}

function byDefault(code: number | null, signal: string | null): ExitOutcome {
  if (code === 0) return 'DONE';
  return code === EX_TEMPFAIL || signal === 'SIGKILL' ? 'PLATFORM_ERROR' : 'USER_ERROR';
}
