import type { ExecutorConfig } from './config.js';
import type { ProcessSettings } from './runtimes/process/workspace.js';

/** processRuntimeSettings are what Shell, Python and Notebook need to know. */
export function processRuntimeSettings(config: ExecutorConfig, scratchDir: string): ProcessSettings {
  return {
    scratchDir,
    graceMs: config.stopGraceSeconds * 1_000,
    path: config.processPath,
    cacheDir: config.cacheDir,
    git: { home: config.gitHome, allowFile: config.gitAllowFile },
    python: { pipConfig: config.pipConfig, environments: config.pythonEnvironments },
  };
}
