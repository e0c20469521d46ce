import { processRuntime } from '../process/process-runtime.js';
import { textParam, textsParam } from '../process/process-params.js';
import { SCRIPT_PARAMS, scriptSource } from '../process/script-source.js';
import { workingDirOf } from '../process/working-dir.js';
import type { ProcessSettings } from '../process/workspace.js';
import type { Runtime } from '../runtime.js';

const OWN_PARAMS: ReadonlySet<string> = new Set(SCRIPT_PARAMS);

/** shell runs a script as a process of this machine. */
export function shell(settings: ProcessSettings): Runtime {
  return processRuntime(settings, {
    type: 'Shell',
    ownParams: OWN_PARAMS,
    prepare: async (attempt) => {
      const { params } = attempt;
      const source = await scriptSource(settings, attempt, 'script');
      return {
        argv: [textParam(params, 'interpreter') ?? 'sh', source.file, ...textsParam(params, 'args')],
        workingDir: await workingDirOf(params, source.workingDir),
        name: 'script',
      };
    },
  });
}
