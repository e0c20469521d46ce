import { join } from 'node:path';
import type { ProcessSettings } from '../runtimes/process/workspace.js';

/** testProcessSettings are settings for processes of tests: all they leave behind is in `folder`. */
export function testProcessSettings(folder: string, more: Partial<ProcessSettings> = {}): ProcessSettings {
  return {
    scratchDir: join(folder, 'scratch'),
    cacheDir: join(folder, 'cache'),
    graceMs: 300,
    path: process.env['PATH'] ?? '',
    git: { home: undefined, allowFile: true },
    python: { pipConfig: undefined, environments: 3 },
    ...more,
  };
}
