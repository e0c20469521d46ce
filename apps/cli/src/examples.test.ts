import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { LeafStep, ParamDefinitions, Workflow } from '@maestro/domain';
import { parsePushRequest } from '@maestro/dsl';

const folder = join(__dirname, '..', '..', '..', 'examples');
const files = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name !== 'README.md')
  .map(({ name }) => name);
const textOf = (file: string): string => readFileSync(join(folder, file), 'utf8');

const parsed = (file: string): Workflow =>
  parsePushRequest(textOf(file), extname(file) === '.json' ? 'json' : 'yaml').workflow;

/** The params that the texts of a workflow name and that are not there: `$name` of a shell must be written `$$name`. */
function unknownNames({ steps, params }: Workflow): string[] {
  const paramsOf = (id: string): ParamDefinitions => {
    const known = (steps.find((step) => step.id === id) as LeafStep | undefined)?.params ?? {};
    const variables = known['loop_params'];
    return variables?.type === 'MAP' ? { ...known, ...variables.value } : known;
  };
  const isKnown = (name: string, own: object): boolean => {
    const [step = '', param] = name.split('__');
    return param === undefined ? name in own || name in (params ?? {}) : param in paramsOf(step);
  };
  return steps.flatMap(({ id }) => {
    const texts = Object.values(paramsOf(id)).flatMap((param) => (param.type === 'STRING' ? [param.value ?? ''] : []));
    const names = texts.flatMap((text) => [...text.replaceAll('$$', '').matchAll(/\$\{?([a-zA-Z]\w*)/g)]);
    return names.map(([, name]) => name!).filter((name) => !isKnown(name, paramsOf(id)));
  });
}

describe.each(files)('the example %s', (file) => {
  it('is a valid definition with the id of its file', () => {
    expect(`${parsed(file).id}${extname(file)}`).toBe(file);
  });

  it('names only params that there are', () => {
    expect(unknownNames(parsed(file))).toEqual([]);
  });

  it('is short and listed in the README', () => {
    expect(textOf(file).split('\n').length).toBeLessThan(60);
    expect(textOf('README.md')).toContain(`(${file})`);
  });
});
