import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { parse } from 'lossless-json';
import {
  compile,
  dataJson,
  evaluate,
  HostError,
  paramsScope,
  PRESETS,
  SelArray,
  SelError,
  SelMap,
  SelObject,
  seededRandom,
  VOID,
} from './index.js';
import type { Scope, SelData, SelResult } from './index.js';
import type { LibraryClass } from './library/library-class.js';
import { LIBRARY } from './library/library.js';

const DOCS = join(__dirname, '..', '..', '..', 'docs', 'sel');

/** In examples it is always this moment. */
const NOW_MS = Date.parse('2024-05-01T12:00:00Z');

interface Example {
  readonly page: string;
  readonly line: number;
  readonly expr: string;
  readonly params: string;
  /** `result` is the JSON of the value, `error` the kind of the error; without either the example is only parsed. */
  readonly expected?: { readonly kind: 'result' | 'error'; readonly text: string };
}

function pagesUnder(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? pagesUnder(path) : path.endsWith('.md') ? [path] : [];
  });
}

/** A block of code, or a heading, which ends what `params` before it hold for. */
const PART = /^#+ .*$|^ *```(\w*)\n([^]*?)^ *```$/gm;

interface Part {
  /** `#` for a heading. */
  readonly language: string;
  readonly text: string;
  readonly line: number;
}

function partsOf(markdown: string): Part[] {
  return [...markdown.matchAll(PART)].map(({ 1: language = '#', 2: text = '', index }) => ({
    language,
    text: text.trim(),
    line: markdown.slice(0, index).split('\n').length,
  }));
}

function examplesOf(page: string): Example[] {
  const parts = partsOf(readFileSync(page, 'utf8'));
  let params = '{}';
  return parts.flatMap(({ language, text: expr, line }, index) => {
    if (language === 'params') params = expr;
    if (language === '#') params = '{}';
    if (language !== 'sel') return [];
    const after = parts[index + 1];
    const example = { page: relative(DOCS, page), line, expr, params };
    if (after?.language !== 'result' && after?.language !== 'error') return [example];
    return [{ ...example, expected: { kind: after.language, text: after.text } }];
  });
}

/** Whole numbers and decimals differ, as LONG and DOUBLE do. */
function exactJson(text: string): unknown {
  return parse(text, null, (number) => (/^-?\d+$/.test(number) ? BigInt(number) : Number(number)));
}

function dataOf(json: unknown): SelData {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return json as SelData;
  return new Map(Object.entries(json).map(([key, item]) => [key, dataOf(item)]));
}

function scopeOf(params: string): Scope {
  const values = dataOf(exactJson(params)) as ReadonlyMap<string, SelData>;
  const refuse = (): never => {
    throw new HostError('there is no run here');
  };
  return paramsScope((name) => values.get(name), {
    get: (name) => values.get(name) ?? null,
    containsKey: (name) => values.has(name),
    getFromStep: refuse,
    getFromInstance: refuse,
  });
}

function jsonOf(value: SelResult): string {
  if (value === VOID) return 'null';
  if (value instanceof SelObject) return dataJson(value.text());
  if (value instanceof SelArray) return `[${value.items.map((item) => dataJson(item)).join(',')}]`;
  if (!(value instanceof SelMap)) return dataJson(value);
  return `{${[...value.entries].map(([key, item]) => `${dataJson(key)}:${jsonOf(item)}`).join(',')}}`;
}

type Answer = { readonly result: unknown } | { readonly error: string; readonly message: string };

function answerOf({ expr, params }: Example): Answer {
  try {
    const environment = { nowMs: NOW_MS, random: seededRandom(1n) };
    const outcome = evaluate(compile(expr), scopeOf(params), PRESETS.FULL, environment);
    if (outcome.kind === 'value') return { result: exactJson(jsonOf(outcome.value)) };
    if (outcome.kind === 'error') throw outcome.error;
    return { error: 'limit', message: outcome.limit };
  } catch (error) {
    if (error instanceof SelError) return { error: error.kind, message: error.message };
    throw error;
  }
}

const examples = pagesUnder(DOCS).flatMap(examplesOf);

describe('the documentation', () => {
  it('has examples', () => {
    expect(examples.filter(({ expected }) => expected !== undefined).length).toBeGreaterThan(20);
  });

  it.each(examples)('$page:$line $expr', (example) => {
    const answer = answerOf(example);
    if (example.expected === undefined) expect(answer).not.toMatchObject({ error: 'syntax' });
    else if (example.expected.kind === 'error') expect(answer).toMatchObject({ error: example.expected.text });
    else expect(answer).toEqual({ result: exactJson(example.expected.text) });
  });
});

it('has every page of functions in their index', () => {
  const index = readFileSync(join(DOCS, 'functions', 'README.md'), 'utf8');
  const pages = pagesUnder(join(DOCS, 'functions')).map((page) => basename(page));
  expect(pages.filter((page) => page !== 'README.md' && !index.includes(`](${page})`))).toEqual([]);
});

const FUNCTIONS = pagesUnder(join(DOCS, 'functions')).map((page) => readFileSync(page, 'utf8'));

/** How a page writes each member: `new X(`, `name(` and `X.FIELD`, in text or examples. */
function wordsOf({ names, constructors = {}, statics = {}, methods = {}, fields = {} }: LibraryClass): string[] {
  const name = (key: string): string => key.slice(0, key.lastIndexOf('/'));
  return [
    ...(Object.keys(constructors).length > 0 ? [`new ${names[0]}(`] : []),
    ...[...Object.keys(statics), ...Object.keys(methods)].map((key) => `${name(key)}(`),
    ...Object.keys(fields),
  ];
}

const isWord = (text: string, word: string): boolean =>
  new RegExp(`(?<!\\w)${word.replace(/[^\w ]/g, '\\$&')}${/\w$/.test(word) ? '(?!\\w)' : ''}`).test(text);

describe.each(LIBRARY.map((each) => ({ name: each.names[0], words: wordsOf(each) })))('$name', ({ name, words }) => {
  const pages = FUNCTIONS.filter((text) => isWord(text, name)).join('\n');

  it.each([...new Set(words)])('is documented with %s', (word) => {
    expect(isWord(pages, word) ? word : `no page about ${name} in docs/sel/functions writes ${word}`).toBe(word);
  });
});
