import type { ParamDefinitions, ParamType } from '@maestro/domain';
import type { StaticType } from '@maestro/sel';

/** TypesOfNames are what is known of the params that can be named at one place. */
export type TypesOfNames = ReadonlyMap<string, StaticType>;

/** staticType is how an expression sees a param of a type. */
export function staticType(type: ParamType): StaticType {
  return type === 'STRING_MAP' ? 'MAP' : type;
}

/** typesOf are the types of definitions by name. */
export function typesOf(definitions: ParamDefinitions): TypesOfNames {
  return new Map(Object.entries(definitions).map(([name, { type }]) => [name, staticType(type)]));
}

/** merged puts types over others; a name that both have may be either. */
export function merged(first: TypesOfNames, second: TypesOfNames): TypesOfNames {
  const all = new Map(first);
  for (const [name, type] of second) {
    const other = all.get(name);
    all.set(name, other === undefined || other === type ? type : 'UNKNOWN');
  }
  return all;
}

/** Fit says whether values of a type can become a declared one: always or depending on the value, hardly ever, never. */
export type Fit = 'perhaps' | 'hardly' | 'never';

/** fitOf is spec 2.1 (conversion.ts) on types. Only empty arrays fit every type of array. */
export function fitOf(type: StaticType, declared: ParamType): Fit {
  if (type === 'UNKNOWN' || type === staticType(declared)) return 'perhaps';
  if (declared.endsWith('_ARRAY') && type.endsWith('_ARRAY')) return declared === 'STRING_ARRAY' ? 'perhaps' : 'hardly';
  return (SOURCES[declared] ?? []).includes(type) ? 'perhaps' : 'never';
}

const SOURCES: Readonly<Partial<Record<ParamType, readonly StaticType[]>>> = {
  STRING: ['LONG', 'DOUBLE', 'BOOLEAN'],
  LONG: ['STRING'],
  BOOLEAN: ['STRING'],
  DOUBLE: ['LONG'],
};
