import type { JsonObject } from '@maestro/domain';
import { readJsonObject } from '../params.js';
import { textParam } from '../process/process-params.js';
import type { ProcessAttempt } from '../process/process-runtime.js';
import { StepFailure } from '../process/step-failure.js';

/** Interpreter is a Python of this machine. */
export interface Interpreter {
  /** Absolute path. */
  readonly executable: string;
  /** All of it, such as 3.11.2. */
  readonly version: string;
  /** Whether its pip can install into other environments (`pip --python`, since 22.3), which saves one pip each. */
  readonly pipForOthers: boolean;
}

/** A version as in `python3.11`: also 3, and 3.13t without the global lock. */
const VERSION = /^\d+(?:\.\d+)?t?$/;

const PROBE = `
import json, platform, sys
try:
    import pip
    pip = pip.__version__
except ImportError:
    pip = "0"
print(json.dumps({"executable": sys.executable, "version": platform.python_version(), "pip": pip}))
`;

/** interpreterName is what to call: the param `interpreter`, or python<python_version>, or python3. Throws a StepFailure. */
export function interpreterName(params: JsonObject): string {
  const [given, version] = [textParam(params, 'interpreter'), textParam(params, 'python_version')];
  if (given !== undefined && version !== undefined) {
    throw new StepFailure('FATAL_ERROR', 'Give one of the params "interpreter" and "python_version".');
  }
  if (version !== undefined && !VERSION.test(version)) {
    throw new StepFailure('FATAL_ERROR', `The param "python_version" must be like "3.11", not "${version}".`);
  }
  return given ?? `python${version ?? '3'}`;
}

/** probeInterpreter asks an interpreter what it is. Throws a StepFailure when this executor has none of that name. */
export async function probeInterpreter(name: string, { tools, workspace }: ProcessAttempt): Promise<Interpreter> {
  const answer = await tools({ argv: [name, '-I', '-c', PROBE], workingDir: workspace.folder, logged: false });
  if (!answer.ok) {
    throw new StepFailure('FATAL_ERROR', `This executor has no working Python "${name}":\n${answer.lastLines}`);
  }
  const facts = readJsonObject(Buffer.from(answer.stdout));
  const [major = 0, minor = 0] = (textParam(facts, 'pip') ?? '0').split('.').map(Number);
  return {
    executable: textParam(facts, 'executable') ?? name,
    version: textParam(facts, 'version') ?? '',
    pipForOthers: major > 22 || (major === 22 && minor >= 3),
  };
}
