import { create } from '@bufbuild/protobuf';
import type { SignalParamValue } from '@maestro/domain';
import {
  type SignalParamValue as SignalParamValueMessage,
  SignalParamValueSchema,
} from '@maestro/proto/maestro/types/v1/signal';
import { fieldPath, invalid } from './invalid.js';
import { mapValues } from './present.js';

export function signalParamValueToProto(value: SignalParamValue): SignalParamValueMessage {
  return create(SignalParamValueSchema, {
    value: typeof value === 'bigint' ? { case: 'longValue', value } : { case: 'stringValue', value },
  });
}

/** signalParamValueFromProto: throws INVALID_REQUEST when neither text nor number is set. */
export function signalParamValueFromProto(message: SignalParamValueMessage, path = ''): SignalParamValue {
  if (message.value.case === undefined) throw invalid(path, 'needs a text or a whole number');
  return message.value.value;
}

/** SignalParams are the values of a signal's params by name. */
export type SignalParams = Readonly<Record<string, SignalParamValue>>;

export function signalParamsToProto(params: SignalParams): Record<string, SignalParamValueMessage> {
  return mapValues(params, signalParamValueToProto);
}

/** signalParamsFromProto: throws INVALID_REQUEST for a param without a value. */
export function signalParamsFromProto(
  messages: Readonly<Record<string, SignalParamValueMessage>>,
  path = 'params',
): SignalParams {
  return mapValues(messages, (message, name) => signalParamValueFromProto(message, fieldPath(path, name)));
}
