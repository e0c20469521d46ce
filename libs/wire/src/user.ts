import { create } from '@bufbuild/protobuf';
import type { User } from '@maestro/domain';
import { type User as UserMessage, UserSchema } from '@maestro/proto/maestro/types/v1/common';
import { fieldPath, required } from './invalid.js';
import { jsonObjectFromProto, jsonObjectToProto } from './json.js';
import { optionally, present, whenText } from './present.js';

export function userToProto(user: User): UserMessage {
  return create(UserSchema, { name: user.name, extra: optionally(user.extra, jsonObjectToProto) });
}

/** userFromProto: throws INVALID_REQUEST for a user without a name. */
export function userFromProto(message: UserMessage, path = ''): User {
  const name = required(whenText(message.name), fieldPath(path, 'name'));
  return present({ name, extra: optionally(message.extra, jsonObjectFromProto) });
}
