import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { literal, step, text } from './runs.js';

/** Modes of the code below: `ok` returns rows = n + 1, `bad` fails, `hang` goes on for ever, `once` only in its first process. */
export type Mode = 'ok' | 'bad' | 'hang' | 'once';

const SHELL = `
echo "$MAESTRO_ATTEMPT_ID $$" >> "$MAESTRO_PARAM_MARKS"
case "$MAESTRO_PARAM_MODE" in
  bad) echo "no such table" >&2; exit 3 ;;
  hang) sleep 300 & wait ;;
  once) if [ "$(wc -l < "$MAESTRO_PARAM_MARKS")" = 1 ]; then sleep 300 & wait; fi ;;
esac
echo "{\\"params\\": {\\"rows\\": $((MAESTRO_PARAM_N + 1))}}" > "$MAESTRO_OUTPUT"
`;

const BEHAVE = `
import os, sys, time

def behave(params):
    with open(params["marks"], "a+") as marks:
        marks.write("%s %d\\n" % (os.environ["MAESTRO_ATTEMPT_ID"], os.getpid()))
        marks.seek(0)
        count = len(marks.readlines())
    if params["mode"] == "bad":
        sys.exit("no such table")
    if params["mode"] == "hang" or (params["mode"] == "once" and count == 1):
        time.sleep(300)
    return params["n"] + 1
`;

const PYTHON = `${BEHAVE}
import maestro
maestro.set_output("rows", behave(maestro.params))
`;

/** Called like papermill; papermill itself and a kernel are not everywhere. */
const PAPERMILL = `#!/usr/bin/env python3
${BEHAVE}
import json
arguments = sys.argv[1:]
assert arguments[0] == "-y" and "--log-output" in arguments and arguments[-3] == "--", arguments
rows = behave(json.loads(arguments[1]))
print(os.environ["MAESTRO_OUTPUT_START"] + json.dumps({"params": {"rows": rows}}) + os.environ["MAESTRO_OUTPUT_END"], file=sys.stderr)
`;

const notebook = (input: string): unknown => ({ type: 'MAP', value: { input_path: text(input) } });

const CODE: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  Shell: { script: literal(SHELL) },
  Python: { script: text(PYTHON) },
  Notebook: { notebook: notebook('daily.ipynb') },
};

/** PROCESS_TYPES are the step types that run as processes of the executor's machine. */
export const PROCESS_TYPES = Object.keys(CODE);

/** processStep is a step of such a type that tries once unless told otherwise. */
export function processStep(type: string, mode: Mode, marks: string, more: Record<string, unknown> = {}): unknown {
  return step(type.toLowerCase(), type, {
    retry_policy: { error_retry_limit: 0, platform_retry_limit: 0, timeout_retry_limit: 0 },
    ...more,
    params: {
      ...CODE[type],
      mode: text(mode),
      marks: text(marks),
      n: { type: 'LONG', value: 41 },
      rows: { type: 'LONG', value: 0, mode: 'MUTABLE' },
    },
  });
}

/** writePapermill puts a stand-in of papermill into a folder. */
export function writePapermill(folder: string): void {
  writeProgram(folder, 'papermill', PAPERMILL);
}

/** writeProgram puts a script that can be called into a folder. */
export function writeProgram(folder: string, name: string, text: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), text);
  chmodSync(join(folder, name), 0o755);
}

/** ProcessMark is a process that such a step was, as it said itself. */
export interface ProcessMark {
  readonly attemptId: string;
  readonly pid: number;
}

/** marksIn are the processes that wrote to a file, in the order of their starts. */
export function marksIn(file: string): readonly ProcessMark[] {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
  return lines.map((line) => {
    const [attemptId = '', pid = ''] = line.split(' ');
    return { attemptId, pid: Number(pid) };
  });
}

/** isAlive: a zombie has ended, only its parent has not looked yet. */
export function isAlive({ pid }: ProcessMark): boolean {
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) && !/^\d+ \(.*\) Z/.test(readFileSync(stat, 'utf8'));
}
