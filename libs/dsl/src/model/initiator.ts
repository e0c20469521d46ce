import type { Ancestor, Initiator, ParamValue } from '@maestro/domain';
import { isRawObject } from '../document/raw.js';
import { dictionary, list, type Codec } from '../reading/codec.js';
import { object, optional, required } from '../reading/object.js';
import { bool, integer, long, text } from '../reading/scalars.js';
import { typed, type Variants } from '../reading/union.js';
import { paramValue } from './param-value.js';
import { signalParamValue } from './triggers.js';
import { user } from './user.js';

type Of<T extends Initiator['type']> = Omit<Extract<Initiator, { readonly type: T }>, 'type'>;
type Upstream = Pick<
  Extract<Initiator, { readonly type: 'SUBWORKFLOW' | 'FOREACH' | 'WHILE' | 'TEMPLATE' }>,
  'ancestors' | 'depth'
>;

const ancestor = object<Ancestor>({
  workflowId: required(text, ''),
  instanceId: required(long, 0n),
  runId: required(long, 0n),
  stepId: required(text, ''),
  stepAttemptId: required(integer, 1),
  sync: optional(bool),
});

interface WrittenUpstream {
  readonly ancestors: readonly Ancestor[];
  readonly depth?: number;
}
const written = object<WrittenUpstream>({ ancestors: required(list(ancestor), []), depth: optional(integer) });

/** The depth is how many ancestors there are; it need not be given. */
const upstream: Codec<Upstream> = {
  read(cursor) {
    const read = written.read(cursor);
    if (read === undefined) return undefined;
    const depth = read.ancestors.length;
    if (read.depth !== undefined && read.depth !== depth)
      cursor.at('depth').fail(`is ${read.depth}, but there are ${depth} ancestors`);
    return { ancestors: read.ancestors, depth };
  },
  write: (value) => written.write(value),
};

/** A trigger's param: its value, or (as the original stores it, and as a MAP is always written) a whole evaluated param. */
const evaluated: Codec<ParamValue> = {
  read(cursor) {
    if (!isRawObject(cursor.raw)) return paramValue.read(cursor);
    const result = cursor.at('evaluated_result');
    return paramValue.read(result.absent ? cursor.at('value') : result);
  },
  write(value) {
    const written = paramValue.write(value);
    return isRawObject(written) ? { type: 'MAP', evaluated_result: written } : written;
  },
};

const variants = {
  MANUAL: object<Of<'MANUAL'>>({ user: optional(user) }),
  TIME: object<Of<'TIME'>>({
    triggerUuid: required(text, ''),
    triggerTime: required(integer, 0),
    timezone: optional(text),
  }),
  SIGNAL: object<Of<'SIGNAL'>>({
    triggerUuid: required(text, ''),
    signalIdMap: required(dictionary(long), {}),
    params: optional(dictionary(evaluated)),
    signals: optional(dictionary(dictionary(signalParamValue))),
  }),
  SUBWORKFLOW: upstream,
  FOREACH: upstream,
  WHILE: upstream,
  TEMPLATE: upstream,
};

// The four upstream types are one member of the union, which TypeScript cannot take apart by a single type.
/** initiator: what started an instance (specification 3.2). */
export const initiator: Codec<Initiator> = typed<Initiator>(variants as unknown as Variants<Initiator>);
