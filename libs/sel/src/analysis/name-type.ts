import { classNamed } from '../library/registry.js';
import { PARAMS } from '../language/names.js';
import { noteRead, type Check } from './check.js';
import type { Known } from './environment.js';
import type { StaticType } from './static-type.js';

/** nameType checks the reading of a name and gives its type. */
export function nameType(check: Check, name: string, at: number): StaticType {
  const variable = check.variables.get(name);
  if (variable?.assigned === true) return variable.type;
  if (classNamed(name) !== undefined || name === PARAMS) return 'UNKNOWN';
  const known = check.environment.lookup(name);
  if (variable !== undefined) return perhapsAssigned(check, known, name, at);
  noteRead(check, name);
  return typeOrFinding(check, known, at);
}

function perhapsAssigned(check: Check, known: Known, name: string, at: number): StaticType {
  check.findings.perhaps(() => {
    noteRead(check, name);
    if ('type' in known || check.guarded.has(name)) return;
    const message = `${name} may not have been assigned here`;
    check.findings.add(at, { kind: 'host', message, unknownName: name });
  });
  return 'UNKNOWN';
}

/** typeOrFinding is the type of what the environment knows; what it refuses is noted, unless the expression expects that. */
export function typeOrFinding(check: Check, known: Known, at: number): StaticType {
  if ('type' in known) return known.type;
  const { unknownName } = known.refusal;
  if (unknownName === undefined || !check.guarded.has(unknownName)) check.findings.add(at, known.refusal);
  return 'UNKNOWN';
}
