import type { JobTemplateDefinition, ParamDefinition } from '@maestro/domain';
import { resolveTemplate } from './resolve-template.js';

const text = (value: string): ParamDefinition => ({ type: 'STRING', value });
const map = (value: Record<string, ParamDefinition>): ParamDefinition => ({ type: 'MAP', value });

function template(jobType: string, more: Partial<JobTemplateDefinition> = {}): JobTemplateDefinition {
  return { jobType, stepType: 'Shell', version: 'v1', ...more };
}

function resolved(first: JobTemplateDefinition, ...others: JobTemplateDefinition[]) {
  const all = [first, ...others];
  return resolveTemplate(
    (jobType, version) => all.find((each) => each.jobType === jobType && each.version === version),
    first,
  );
}

const BASE = template('base', {
  params: { run: map({ image: text('python'), shell: map({ path: text('/bin/sh'), login: text('no') }) }) },
  tags: [{ name: 'team', attributes: { of: 'base' } }, { name: 'base' }],
});

it('merges maps key by key into those of the parent, at any depth', () => {
  const child = template('child', {
    inheritFrom: { base: 'v1' },
    params: { run: map({ shell: map({ path: text('/bin/bash') }) }), other: text('x') },
  });
  const { params, problem } = resolved(child, BASE);
  expect(problem).toBeUndefined();
  expect(params).toMatchObject({
    run: {
      value: { image: { value: 'python' }, shell: { value: { path: { value: '/bin/bash' }, login: { value: 'no' } } } },
    },
    other: { value: 'x' },
  });
});

it('takes parents in the order they are named, and tags by their names', () => {
  const second = template('second', { params: { run: map({ image: text('node') }) }, tags: [{ name: 'second' }] });
  const child = template('child', {
    inheritFrom: { base: 'v1', second: 'v1' },
    tags: [{ name: 'team', attributes: { of: 'child' } }],
  });
  const { params, tags } = resolved(child, BASE, second);
  expect(params).toMatchObject({ run: { value: { image: { value: 'node' } } } });
  expect(tags).toEqual([{ name: 'team', attributes: { of: 'child' } }, { name: 'base' }, { name: 'second' }]);
});

it('inherits the same template along two ways', () => {
  const [left, right] = ['left', 'right'].map((name) => template(name, { inheritFrom: { base: 'v1' } }));
  const child = template('child', { inheritFrom: { left: 'v1', right: 'v1' } });
  expect(resolved(child, BASE, left as JobTemplateDefinition, right as JobTemplateDefinition).problem).toBeUndefined();
});

it('names the path of a circle', () => {
  const a = template('a', { inheritFrom: { b: 'v1' } });
  const b = template('b', { inheritFrom: { c: 'v1' } });
  const c = template('c', { inheritFrom: { a: 'v1' } });
  expect(resolved(a, b, c).problem).toBe('inherits from itself: a:v1 -> b:v1 -> c:v1 -> a:v1');
});

it('names a parent that does not exist', () => {
  const child = template('child', { inheritFrom: { base: 'v2' } });
  expect(resolved(child, BASE).problem).toBe('inherits from "base" version "v2", which does not exist');
});

it('names a param that cannot be merged into that of its parent', () => {
  const child = template('child', { inheritFrom: { base: 'v1' }, params: { run: { type: 'LONG', value: 1n } } });
  expect(resolved(child, BASE).problem).toContain('child:v1: params.run');
});
