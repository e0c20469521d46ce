import { suggestion } from '@maestro/domain';
import type { LibraryClass, Members } from '../library/library-class.js';
import { noMember } from '../library/members.js';
import { CLASS_NAMES, classNamed, classOf, memberOf, methodOf } from '../library/registry.js';
import { typeOf } from '../runtime/value.js';
import type { Refusal } from './environment.js';
import type { Findings } from './finding.js';
import { signatureOf } from './signatures.js';
import { isArray, type StaticType } from './static-type.js';

/** CallFacts are what are known of a call. */
export interface CallFacts {
  readonly name: string;
  readonly at: number;
  readonly args: readonly StaticType[];
}

/** methodType checks a call of a method of a value and gives its type. */
export function methodType(findings: Findings, receiver: StaticType, call: CallFacts): StaticType {
  if (receiver === 'UNKNOWN') return 'UNKNOWN';
  const found = receiver === 'NULL' ? undefined : classOf(receiver);
  if (receiver !== 'NULL' && methodOf(found, call.name, call.args.length)) {
    return signedType(findings, isArray(receiver) ? 'ARRAY' : receiver, call);
  }
  findings.add(call.at, receiver === 'NULL' ? noReceiver(call) : missing(receiver, 'method', call, found));
  return 'UNKNOWN';
}

function noReceiver({ name }: CallFacts): Refusal {
  return { kind: 'type', message: `cannot call ${name}() on NULL: there is no value, test it with \`== null\` first` };
}

function missing(owner: string, what: string, call: CallFacts, found: LibraryClass | undefined): Refusal {
  const tables = what === 'method' ? [found?.methods, found?.statics] : [found?.statics];
  return refusalOf(owner, what, call, tables);
}

function refusalOf(owner: string, what: string, call: CallFacts, tables: readonly (Members | undefined)[]): Refusal {
  const { kind, message } = noMember(owner, what, { ...call, count: call.args.length }, tables);
  return { kind, message };
}

/** staticType checks a call of a static method of a class and gives its type. */
export function staticType(findings: Findings, found: LibraryClass, call: CallFacts): StaticType {
  const [owner] = found.names;
  if (memberOf(found.statics, call.name, call.args.length)) return signedType(findings, found.type ?? owner, call);
  const ofValues = memberOf(found.methods, call.name, call.args.length) !== undefined;
  const message = `${call.name} is a method of values of ${owner}: call it on a value`;
  findings.add(call.at, ofValues ? { kind: 'method', message } : missing(owner, 'static method', call, found));
  return 'UNKNOWN';
}

/** staticFieldType checks `Class.field` and gives its type. */
export function staticFieldType(findings: Findings, found: LibraryClass, name: string, at: number): StaticType {
  const { names, fields = {} } = found;
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (value !== undefined) return typeOf(value) as StaticType;
  findings.add(at, {
    kind: 'method',
    message: `${names[0]} has no field ${name}${suggestion(name, Object.keys(fields))}`,
  });
  return 'UNKNOWN';
}

/** constructedType checks `new Name(..)` and gives its type. */
export function constructedType(findings: Findings, call: CallFacts): StaticType {
  const found = classNamed(call.name);
  if (found === undefined) {
    findings.add(call.at, {
      kind: 'method',
      message: `there is no class ${call.name}${suggestion(call.name, CLASS_NAMES)}`,
    });
    return 'UNKNOWN';
  }
  const { constructors, type } = found;
  if (!memberOf(constructors, 'new', call.args.length)) {
    const message = `${call.name} cannot be made with \`new\`: it has static members only`;
    const named = { ...call, name: 'new' };
    findings.add(
      call.at,
      constructors ? refusalOf(call.name, 'constructor', named, [constructors]) : { kind: 'method', message },
    );
  }
  return type === undefined || type === 'ARRAY' || type === 'EMPTY_ARRAY' ? 'UNKNOWN' : type;
}

function signedType(findings: Findings, owner: string, { name, at, args }: CallFacts): StaticType {
  const { takes, gives } = signatureOf(owner, name, args.length);
  const index = args.findIndex((type, position) => {
    const wanted = takes[position];
    return wanted !== undefined && type !== 'UNKNOWN' && !wanted.includes(type);
  });
  if (index >= 0) {
    const which = args.length > 1 ? `argument ${index + 1} of ${name}()` : `${name}()`;
    const message = `${which} must be a ${takes[index]?.join(' or ') ?? ''}, not ${args[index] ?? 'NULL'}`;
    findings.add(at, { kind: 'type', message });
  }
  return gives;
}
