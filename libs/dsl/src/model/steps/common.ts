import { FAILURE_MODES, type Step, type Transition } from '@maestro/domain';
import { dictionary, list } from '../../reading/codec.js';
import { object, optional, required, type Fields } from '../../reading/object.js';
import { condition, oneOf, parsableLong, text } from '../../reading/scalars.js';
import { paramDefinitions } from '../params.js';
import { signalDependencies, signalOutputs } from '../signals.js';
import { tags } from '../tag.js';

/** Members of one kind of step without the `kind` itself, which is the key of the wrapper object. */
export type Members<K extends Step['kind']> = Omit<Extract<Step, { readonly kind: K }>, 'kind'>;

const transition = object<Transition>({
  predecessors: optional(list(text)),
  successors: optional(dictionary(condition)),
});

type Common = Omit<Members<'template'>, 'subType' | 'subTypeVersion'>;

/** commonFields are what every kind of step has. */
export const commonFields: Fields<Common> = {
  id: required(text, ''),
  name: optional(text),
  description: optional(text),
  transition: optional(transition),
  failureMode: optional(oneOf(FAILURE_MODES)),
  tags: optional(tags),
  timeout: optional(parsableLong),
  signalDependencies: optional(signalDependencies),
  signalOutputs: optional(signalOutputs),
  params: optional(paramDefinitions),
};
