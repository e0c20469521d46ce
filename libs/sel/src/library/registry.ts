import type { SelType } from '../runtime/value.js';
import type { LibraryClass, Members, Method } from './library-class.js';
import { LIBRARY } from './library.js';

const BY_NAME: ReadonlyMap<string, LibraryClass> = new Map(
  LIBRARY.filter(({ type }) => type !== 'ARRAY').flatMap((each) => each.names.map((name) => [name, each] as const)),
);
const BY_TYPE: ReadonlyMap<string, LibraryClass> = new Map(
  LIBRARY.flatMap((each) => (each.type === undefined ? [] : [[each.type, each] as const])),
);

/** CLASS_NAMES are all names of classes, for suggestions. */
export const CLASS_NAMES: readonly string[] = [...BY_NAME.keys()];

/** classNamed finds a class by one of its names. */
export function classNamed(name: string): LibraryClass | undefined {
  return BY_NAME.get(name);
}

/** classOf finds the class whose methods a value of the type has. */
export function classOf(type: SelType): LibraryClass | undefined {
  return BY_TYPE.get(type.endsWith('_ARRAY') ? 'ARRAY' : type);
}

/** methodOf finds a method of values of a class; static ones can be called on values too. */
export function methodOf(found: LibraryClass | undefined, name: string, count: number): Method | undefined {
  return memberOf(found?.methods, name, count) ?? memberOf(found?.statics, name, count);
}

/** memberOf finds a member by name and number of arguments. */
export function memberOf(members: Members | undefined, name: string, count: number): Method | undefined {
  return own(members, `${name}/${count}`) ?? own(members, `${name}/*`);
}

function own(members: Members | undefined, key: string): Method | undefined {
  return members && Object.hasOwn(members, key) ? members[key] : undefined;
}
