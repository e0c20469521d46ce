import { create } from '@bufbuild/protobuf';
import type { Tag, TagNamespace } from '@maestro/domain';
import {
  type Tag as TagMessage,
  TagNamespace as TagNamespaceEnum,
  TagSchema,
} from '@maestro/proto/maestro/types/v1/common';
import { enumTable } from './enum-table.js';
import { fieldPath } from './invalid.js';
import { jsonObjectFromProto, jsonObjectToProto } from './json.js';
import { optionally, present, whenFilled } from './present.js';

export const TAG_NAMESPACE_TABLE = enumTable<TagNamespace, TagNamespaceEnum>({
  SYSTEM: TagNamespaceEnum.SYSTEM,
  RUNTIME: TagNamespaceEnum.RUNTIME,
  JOB_TEMPLATE: TagNamespaceEnum.JOB_TEMPLATE,
  NOTEBOOK_TEMPLATE: TagNamespaceEnum.NOTEBOOK_TEMPLATE,
  USER_DEFINED: TagNamespaceEnum.USER_DEFINED,
  PLATFORM: TagNamespaceEnum.PLATFORM,
});

export function tagToProto(tag: Tag): TagMessage {
  return create(TagSchema, {
    name: tag.name,
    namespace: TAG_NAMESPACE_TABLE.toProtoOptional(tag.namespace),
    permit: tag.permit,
    attributes: optionally(tag.attributes, jsonObjectToProto),
  });
}

/** tagFromProto: throws INVALID_REQUEST for an unknown namespace. */
export function tagFromProto(message: TagMessage, path = ''): Tag {
  return present({
    name: message.name,
    namespace: TAG_NAMESPACE_TABLE.fromProtoOptional(message.namespace, fieldPath(path, 'namespace')),
    permit: message.permit,
    attributes: optionally(message.attributes, jsonObjectFromProto),
  });
}

export function tagsToProto(tags: readonly Tag[] | undefined): TagMessage[] {
  return (tags ?? []).map(tagToProto);
}

/** tagsFromProto: an empty list is an absent one. */
export function tagsFromProto(messages: readonly TagMessage[], path = ''): readonly Tag[] | undefined {
  return whenFilled(messages.map((message, index) => tagFromProto(message, fieldPath(path, index))));
}
