import { compile, evaluate, PRESETS, type Compiled, type Scope, type SelData } from '@maestro/sel';
import { median } from '../statistics.js';
import { paramsMillis } from './param-evaluation.js';
import type { Figure, PreparedWork, Sample, Work } from './work.js';

const EVALUATIONS = 500_000;
const COMPILES = 500;
const DATES = 50;

const FIGURES: readonly Figure[] = [
  {
    key: 'S.eval',
    unit: '1/s',
    target: 1_000_000,
    better: 'more',
    title: 'evaluations of `a + 1 > b`',
  },
  { key: 'S.cold', unit: 'us', target: 100, better: 'less', title: 'compiling a text like it that was never seen' },
  {
    key: 'S.params',
    unit: 'ms',
    target: 1,
    better: 'less',
    title: 'merging and evaluating 24 default and 20 own params',
  },
  { key: 'S.dates', unit: 'ms', target: 1, better: 'less', title: 'Util.dateIntsBetween of a leap year' },
];

/** expressions measures SEL and params in this process, on one core. */
export const expressions: Work = {
  name: 'S',
  figures: FIGURES,
  samples: 5,
  timeLimitMs: 60_000,
  settings: {},
  prepare: () => Promise.resolve(prepared),
};

const prepared: PreparedWork = {
  warmUp: async () => void takeSample(),
  sample: async () => takeSample(),
};

let texts = 0;

function takeSample(): Sample {
  const values = {
    'S.eval': evaluationsPerSecond(),
    'S.cold': coldMicros(),
    'S.params': paramsMillis(),
    'S.dates': datesMillis(),
  };
  return { values, steps: 0 };
}

function evaluationsPerSecond(): number {
  const compiled = compile('a + 1 > b');
  const scope = scopeOf({ a: 41n, b: 40n });
  const started = performance.now();
  for (let index = 0; index < EVALUATIONS; index += 1) expectValue(compiled, scope, true);
  return (1_000 * EVALUATIONS) / (performance.now() - started);
}

/** Each text is another one, so that no cache knows it. */
function coldMicros(): number {
  const started = performance.now();
  for (let index = 0; index < COMPILES; index += 1) compile(`a${(texts += 1)} + 1 > b`);
  return (1_000 * (performance.now() - started)) / COMPILES;
}

function datesMillis(): number {
  const compiled = compile('Util.dateIntsBetween(20240101, 20250101, 1).length');
  const scope = scopeOf({});
  const times = Array.from({ length: DATES }, () => {
    const started = performance.now();
    expectValue(compiled, scope, 366n);
    return performance.now() - started;
  });
  return median(times);
}

function scopeOf(params: Readonly<Record<string, SelData>>): Scope {
  return { lookup: (name) => params[name], call: (name) => params[name] ?? null };
}

/** A figure of something that went wrong would mean nothing. */
function expectValue(compiled: Compiled, scope: Scope, expected: SelData): void {
  const outcome = evaluate(compiled, scope, PRESETS.IN_PLACE);
  if (outcome.kind === 'value' && outcome.value === expected) return;
  throw new Error(`${compiled.text}: ${outcome.kind === 'error' ? outcome.error.message : outcome.kind}`);
}
