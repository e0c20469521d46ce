import { create } from '@bufbuild/protobuf';
import type { ParsableLong } from '@maestro/domain';
import { type ParsableLong as ParsableLongMessage, ParsableLongSchema } from '@maestro/proto/maestro/types/v1/common';
import { invalid } from './invalid.js';
import { optionally } from './present.js';

export function parsableLongToProto(value: ParsableLong): ParsableLongMessage {
  return create(ParsableLongSchema, {
    value: typeof value === 'bigint' ? { case: 'number', value } : { case: 'text', value },
  });
}

/** parsableLongFromProto: throws INVALID_REQUEST when neither a number nor a text is set. */
export function parsableLongFromProto(message: ParsableLongMessage, path = ''): ParsableLong {
  if (message.value.case === undefined) throw invalid(path, 'needs a number or a text');
  return message.value.value;
}

/** optionalLongToProto: as `parsableLongToProto`, where there is a value. */
export function optionalLongToProto(value: ParsableLong | undefined): ParsableLongMessage | undefined {
  return optionally(value, parsableLongToProto);
}

/** optionalLongFromProto: as `parsableLongFromProto`, where there is a value. */
export function optionalLongFromProto(
  message: ParsableLongMessage | undefined,
  path: string,
): ParsableLong | undefined {
  return optionally(message, (present) => parsableLongFromProto(present, path));
}
