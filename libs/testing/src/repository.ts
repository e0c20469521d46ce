import { existsSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';

/** repositoryRoot is the folder of this repository, found upwards from this file. */
export function repositoryRoot(): string {
  for (let folder = __dirname; folder !== parse(folder).root; folder = dirname(folder)) {
    if (existsSync(join(folder, 'nx.json')) || existsSync(join(folder, 'jest.preset.cjs'))) return folder;
  }
  throw new Error(`${__dirname} lies in no Maestro repository`);
}
