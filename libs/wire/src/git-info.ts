import { create } from '@bufbuild/protobuf';
import type { GitInfo } from '@maestro/domain';
import { type GitInfo as GitInfoMessage, GitInfoSchema } from '@maestro/proto/maestro/types/v1/definition';
import { present, whenText } from './present.js';

export function gitInfoToProto(info: GitInfo): GitInfoMessage {
  return create(GitInfoSchema, {
    origin: info.origin ?? '',
    branch: info.branch ?? '',
    sha: info.sha ?? '',
    path: info.path ?? '',
    author: info.author ?? '',
    timestamp: info.timestamp ?? '',
    uncommittedChanges: info.uncommittedChanges,
  });
}

export function gitInfoFromProto(message: GitInfoMessage): GitInfo {
  return present({
    origin: whenText(message.origin),
    branch: whenText(message.branch),
    sha: whenText(message.sha),
    path: whenText(message.path),
    author: whenText(message.author),
    timestamp: whenText(message.timestamp),
    uncommittedChanges: message.uncommittedChanges,
  });
}
