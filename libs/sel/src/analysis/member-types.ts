import { suggestion } from '@maestro/domain';
import { classOf, memberOf } from '../library/registry.js';
import type { LibraryClass, Members } from '../library/library-class.js';
import type { Refusal } from './environment.js';
import type { Findings } from './finding.js';
import { signatureOf, type Signature } from './signatures.js';
import { isArray, type StaticType } from './static-type.js';

/** CallFacts are what is known of a call. */
export interface CallFacts {
  readonly name: string;
  readonly at: number;
  readonly args: readonly StaticType[];
}

/** methodType checks a call of a method of a value and gives its type. */
export function methodType(findings: Findings, receiver: StaticType, call: CallFacts): StaticType {
  if (receiver === 'UNKNOWN') return 'UNKNOWN';
  if (receiver === 'NULL') {
    findings.add(call.at, { kind: 'type', message: `cannot call ${call.name}() on NULL` });
    return 'UNKNOWN';
  }
  const found = classOf(receiver);
  const methods = { ...found?.statics, ...found?.methods };
  return memberType(
    findings,
    { owner: isArray(receiver) ? 'ARRAY' : receiver, shown: receiver, members: methods },
    call,
  );
}

/** staticType checks a call of a static method of a class and gives its type. */
export function staticType(findings: Findings, found: LibraryClass, call: CallFacts): StaticType {
  const [shown] = found.names;
  return memberType(findings, { owner: found.type ?? shown, shown, members: found.statics ?? {} }, call);
}

/** constructedType checks `new Name(..)` and gives its type. */
export function constructedType(findings: Findings, found: LibraryClass, call: CallFacts): StaticType {
  const { constructors, type } = found;
  if (!memberOf(constructors, 'new', call.args.length)) {
    const counts = Object.keys(constructors ?? {}).map((key) => key.slice('new/'.length));
    const hint = counts.length === 0 ? 'has no constructor' : `takes ${counts.join(' or ')} argument(s)`;
    const message = `new ${call.name}(..) ${hint}${counts.length === 0 ? '' : `, not ${call.args.length}`}`;
    findings.add(call.at, { kind: 'method', message });
  }
  return type === undefined || type === 'ARRAY' || type === 'EMPTY_ARRAY' ? 'UNKNOWN' : type;
}

interface Owner {
  readonly owner: string;
  readonly shown: string;
  readonly members: Members;
}

function memberType(findings: Findings, { owner, shown, members }: Owner, call: CallFacts): StaticType {
  if (!memberOf(members, call.name, call.args.length)) {
    findings.add(call.at, noMember(shown, members, call));
    return 'UNKNOWN';
  }
  const signature = signatureOf(owner, call.name, call.args.length);
  const refusal = wrongArgument(signature, call);
  if (refusal) findings.add(call.at, refusal);
  return signature.gives;
}

function noMember(shown: string, members: Members, { name, args }: CallFacts): Refusal {
  const keys = Object.keys(members).map((key) => key.split('/') as [string, string]);
  const counts = keys.filter(([each]) => each === name).map(([, count]) => count);
  const hint =
    counts.length > 0 ? `; it takes ${counts.join(' or ')}` : suggestion(name, new Set(keys.map(([each]) => each)));
  return { kind: 'method', message: `${shown} has no method ${name} with ${args.length} argument(s)${hint}` };
}

function wrongArgument({ takes }: Signature, { name, args }: CallFacts): Refusal | undefined {
  const index = args.findIndex((type, position) => {
    const wanted = takes[position];
    return wanted !== undefined && type !== 'UNKNOWN' && !wanted.includes(type);
  });
  if (index < 0) return undefined;
  const which = args.length > 1 ? `argument ${index + 1} of ${name}()` : `${name}()`;
  const wanted = takes[index]?.join(' or ') ?? '';
  return { kind: 'type', message: `${which} must be a ${wanted}, not ${args[index] ?? 'NULL'}` };
}
