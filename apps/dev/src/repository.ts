import { existsSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import { SERVICE_NAMES, type ServiceName } from './services.js';

/** repositoryRoot is the folder of this repository: apps are started from their bundles in it. */
export function repositoryRoot(): string {
  for (let folder = __dirname; folder !== parse(folder).root; folder = dirname(folder)) {
    if (existsSync(join(folder, 'jest.preset.cjs'))) return folder;
  }
  throw new Error(`${__dirname} lies in no Maestro repository`);
}

/** bundledServices are the services that have been bundled; the build step bundles all that exist. */
export function bundledServices(root: string): readonly ServiceName[] {
  return SERVICE_NAMES.filter((name) => existsSync(bundleOf(root, name)));
}

/** bundleOf is the program of an app. */
export function bundleOf(root: string, app: string): string {
  return join(root, 'apps', app, 'dist', 'main.js');
}
