import type { Json } from '@maestro/domain';
import { PRESETS, type Limits } from '@maestro/sel';
import { InputError } from './input-error.js';

/** LIMIT_NAMES are the names under which limits are given, as the original calls them. */
export const LIMIT_NAMES = ['stack', 'loop', 'array', 'length', 'visit', 'memory'] as const;

/** What each is called by the language. */
const FIELDS: Readonly<Record<(typeof LIMIT_NAMES)[number], keyof Limits>> = {
  stack: 'stack',
  loop: 'loop',
  array: 'array',
  length: 'length',
  visit: 'fuel',
  memory: 'memory',
};

/** limitsOf are the full limits with those of `given` in their place. @throws InputError */
export function limitsOf(given: Readonly<Record<string, Json | undefined>>): Limits {
  const fields = Object.entries(given).map(([name, value]) => [fieldOf(name), countOf(name, value)] as const);
  return { ...PRESETS.FULL, ...Object.fromEntries(fields) };
}

/** limitsOfText reads `loop=100,array=50`. @throws InputError */
export function limitsOfText(text: string): Limits {
  const pairs = text.split(',').filter((pair) => pair.trim() !== '');
  const given = pairs.map((pair) => {
    const [, name = '', count = ''] = /^\s*(\w+)\s*=\s*(\d{1,15})\s*$/.exec(pair) ?? [];
    if (name === '') throw new InputError(`limit "${pair}": write <name>=<count>, such as loop=100`);
    return [name, BigInt(count)] as const;
  });
  return limitsOf(Object.fromEntries(given));
}

function fieldOf(name: string): keyof Limits {
  const known = LIMIT_NAMES.find((limit) => limit === name);
  if (known !== undefined) return FIELDS[known];
  throw new InputError(`there is no limit "${name}"; limits are ${LIMIT_NAMES.join(', ')}`);
}

function countOf(name: string, value: Json | undefined): number {
  if (typeof value === 'bigint' && value >= 0n && value <= Number.MAX_SAFE_INTEGER) return Number(value);
  throw new InputError(`the limit ${name} is a whole number that is not negative`);
}
