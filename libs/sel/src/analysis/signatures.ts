import { DATE_SIGNATURES } from './date-signatures.js';
import type { StaticType } from './static-type.js';

/** Signatures say by `name/number of arguments` what a member takes and gives: `LONG, STRING|LONG -> STRING`; `*` is anything. */
export type Signatures = Readonly<Record<string, string>>;

/** Signature is one of them, read. */
export interface Signature {
  /** Undefined where anything is taken. */
  readonly takes: readonly (readonly string[] | undefined)[];
  readonly gives: StaticType;
}

const NUMBER = 'LONG|DOUBLE';

const STRING: Signatures = {
  'split/1': 'STRING -> STRING_ARRAY',
  'split/2': 'STRING, LONG -> STRING_ARRAY',
  'toUpperCase/0': '-> STRING',
  'toLowerCase/0': '-> STRING',
  'trim/0': '-> STRING',
  'replaceAll/2': 'STRING, STRING -> STRING',
  'replace/2': 'STRING, STRING -> STRING',
  'startsWith/1': 'STRING -> BOOLEAN',
  'endsWith/1': 'STRING -> BOOLEAN',
  'contains/1': 'STRING -> BOOLEAN',
  'equals/1': '* -> BOOLEAN',
  'substring/1': 'LONG -> STRING',
  'substring/2': 'LONG, LONG -> STRING',
  'lastIndexOf/1': 'STRING -> LONG',
  'indexOf/1': 'STRING -> LONG',
  'compareTo/1': 'STRING -> LONG',
  'charAt/1': 'LONG -> STRING',
  'length/0': '-> LONG',
  'isEmpty/0': '-> BOOLEAN',
  'escape/0': '-> STRING',
  'escape/1': '* -> STRING',
  'valueOf/1': '* -> STRING',
  'format/*': '-> STRING',
  'join/*': '-> STRING',
};

const LONG: Signatures = {
  'toString/0': '-> STRING',
  'toString/1': '* -> STRING',
  'valueOf/1': '* -> LONG',
  'parseLong/1': '* -> LONG',
  'intValue/0': '-> LONG',
  'longValue/0': '-> LONG',
};

const DOUBLE: Signatures = {
  'toString/0': '-> STRING',
  'toString/1': '* -> STRING',
  'valueOf/1': '* -> DOUBLE',
  'parseDouble/1': '* -> DOUBLE',
  'intValue/0': '-> LONG',
  'longValue/0': '-> LONG',
};

const MAP: Signatures = {
  'size/0': '-> LONG',
  'get/1': 'STRING -> UNKNOWN',
  'containsKey/1': 'STRING -> BOOLEAN',
  'put/2': 'STRING, * -> UNKNOWN',
  'getOrDefault/2': 'STRING, * -> UNKNOWN',
};

const ARRAY: Signatures = {
  'size/0': '-> LONG',
  'isEmpty/0': '-> BOOLEAN',
  'contains/1': '* -> BOOLEAN',
  'indexOf/1': '* -> LONG',
};

const MATH: Signatures = {
  'random/0': '-> DOUBLE',
  'pow/2': `${NUMBER}, ${NUMBER} -> DOUBLE`,
};

const UTIL: Signatures = {
  'dateIntToTs/1': '* -> LONG',
  'tsToDateInt/1': '* -> STRING',
  'incrementDateInt/2': '*, * -> STRING',
  'timeoutForDateTimeDeadline/2': '*, * -> STRING',
  'timeoutForDateIntDeadline/2': '*, * -> STRING',
  'dateIntsBetween/3': '*, *, * -> LONG_ARRAY',
  'intsBetween/3': '*, *, * -> LONG_ARRAY',
  'dateIntHourToTs/5': '*, *, *, *, * -> LONG',
  'toJson/1': '* -> STRING',
};

/** By type of the values of a class, or by name of a class that has none. */
const ALL: Readonly<Record<string, Signatures>> = {
  STRING,
  LONG,
  DOUBLE,
  MAP,
  ARRAY,
  Math: MATH,
  Util: UTIL,
  UUID: { 'randomUUID/0': '-> UUID', 'toString/0': '-> STRING' },
  System: { 'currentTimeMillis/0': '-> LONG' },
  ...DATE_SIGNATURES,
};

/** signatureOf gives what is known of a member; members without a signature take and give anything. */
export function signatureOf(owner: string, name: string, count: number): Signature {
  const signatures = Object.hasOwn(ALL, owner) ? ALL[owner] : undefined;
  const text = own(signatures, `${name}/${count}`) ?? own(signatures, `${name}/*`) ?? '-> UNKNOWN';
  const [takes = '', gives = ''] = text.split('->').map((part) => part.trim());
  return { takes: takes.split(',').map(typesIn), gives: gives as StaticType };
}

function own(signatures: Signatures | undefined, key: string): string | undefined {
  return signatures && Object.hasOwn(signatures, key) ? signatures[key] : undefined;
}

function typesIn(text: string): readonly string[] | undefined {
  const trimmed = text.trim();
  return trimmed === '*' || trimmed === '' ? undefined : trimmed.split('|');
}
