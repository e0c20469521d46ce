import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { parsePushRequest } from '@maestro/dsl';

const folder = join(__dirname, '..', '..', '..', 'examples');
const files = readdirSync(folder).filter((file) => file !== 'README.md');
const textOf = (file: string): string => readFileSync(join(folder, file), 'utf8');

describe.each(files)('the example %s', (file) => {
  it('is a valid definition with the id of its file', () => {
    const { workflow } = parsePushRequest(textOf(file), extname(file) === '.json' ? 'json' : 'yaml');
    expect(`${workflow.id}${extname(file)}`).toBe(file);
  });

  it('is short and listed in the README', () => {
    expect(textOf(file).split('\n').length).toBeLessThan(60);
    expect(textOf('README.md')).toContain(`(${file})`);
  });
});
