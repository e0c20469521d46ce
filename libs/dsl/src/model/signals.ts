import { MATCH_OPERATORS, type SignalDependency, type SignalMatchParam, type SignalOutput } from '@maestro/domain';
import { dictionary, list } from '../reading/codec.js';
import { object, optional, required } from '../reading/object.js';
import { bool, jsonObject, oneOf, text } from '../reading/scalars.js';
import { paramDefinition, paramDefinitions } from './params.js';

const matchParam = object<SignalMatchParam>({
  param: required(paramDefinition, { type: 'STRING' }),
  operator: required(oneOf(MATCH_OPERATORS), '='),
});

/** signalDependencies: what a step waits for (specification 1.10). */
export const signalDependencies = list(
  object<SignalDependency>({
    name: required(text, ''),
    matchParams: optional(dictionary(matchParam)),
    since: optional(text),
    latest: optional(bool),
  }),
);

/** signalOutputs: what a step announces (specification 1.10). */
export const signalOutputs = list(
  object<SignalOutput>({
    name: required(text, ''),
    params: optional(paramDefinitions),
    payload: optional(jsonObject),
  }),
);
