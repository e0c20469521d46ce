import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repositoryRoot } from '@maestro/testing';
import { anchorsOf, filesUnder, linksOf, pathsOf } from './markdown.js';

const root = repositoryRoot();
const pages = filesUnder(root).filter((path) => path.endsWith('.md'));
const textOf = (page: string): string => readFileSync(join(root, page), 'utf8');

function isBroken(page: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? page : join(dirname(page), file);
  if (!existsSync(join(root, target))) return true;
  return anchor !== undefined && !anchorsOf(textOf(target)).includes(anchor);
}

/** A page names files from the root of the repository, from its own folder, or from the sources beside it. */
function isMissing(page: string, path: string): boolean {
  const places = ['', dirname(page), join(dirname(page), 'src')];
  return !places.some((place) => existsSync(join(root, place, path)));
}

test.each(pages)('every link of %s leads somewhere', (page) => {
  expect(linksOf(textOf(page)).filter((link) => isBroken(page, link))).toEqual([]);
});

test.each(pages)('every file that %s names exists', (page) => {
  expect(pathsOf(textOf(page)).filter((path) => isMissing(page, path))).toEqual([]);
});

test('links and paths are found in text, not in code', () => {
  const text =
    '# A b: `c`\n[x](docs/x.md#y) and [z](https://z.org) `a/b.ts` `a/<b>.ts`\n```\n[n](no.md) `no/no.ts`\n```\n';
  expect(linksOf(text)).toEqual(['docs/x.md#y']);
  expect(pathsOf(text)).toEqual(['a/b.ts']);
  expect(anchorsOf(text)).toEqual(['a-b-c']);
});

test('every project has a README and every decision is listed', () => {
  const projects = filesUnder(root).filter((path) => /^(libs|apps)\/[^/]+\/package\.json$/.test(path));
  const readme = projects.map((path) => join(dirname(path), 'README.md'));
  expect(readme.filter((path) => !pages.includes(path))).toEqual([]);
  const listed = linksOf(textOf('docs/adr/README.md'));
  const decisions = pages.filter((page) => /^docs\/adr\/\d/.test(page)).map((page) => page.replace('docs/adr/', ''));
  expect(listed.sort()).toEqual(decisions.sort());
});
