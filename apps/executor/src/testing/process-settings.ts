import type { ProcessSettings } from '../runtimes/process/workspace.js';

/** testProcessSettings are settings for processes of tests: all they leave behind is in `folder`. */
export function testProcessSettings(folder: string, more: Partial<ProcessSettings> = {}): ProcessSettings {
  return { scratchDir: folder, graceMs: 300, path: process.env['PATH'] ?? '', ...more };
}
