import { create } from '@bufbuild/protobuf';
import type { TriggerFinding, TriggerFindingKind } from '@maestro/domain';
import {
  TriggerFindingKind as KindEnum,
  TriggerFindingSchema,
  type TriggerFinding as TriggerFindingMessage,
} from '@maestro/proto/maestro/types/v1/trigger';
import { enumTable } from './enum-table.js';
import { instantToProto } from './time.js';

export const TRIGGER_FINDING_KIND_TABLE = enumTable<TriggerFindingKind, KindEnum>({
  TIME: KindEnum.TIME,
  WITHHELD: KindEnum.WITHHELD,
  PAUSED: KindEnum.PAUSED,
  ENDED: KindEnum.ENDED,
  FAILING: KindEnum.FAILING,
  SKIPPED: KindEnum.SKIPPED,
  FIRED: KindEnum.FIRED,
  WAITING_RUN: KindEnum.WAITING_RUN,
  OTHER_TIME: KindEnum.OTHER_TIME,
  INACTIVE: KindEnum.INACTIVE,
  SWITCHED_OFF: KindEnum.SWITCHED_OFF,
  NONE: KindEnum.NONE,
  SIGNAL: KindEnum.SIGNAL,
});

export function triggerFindingToProto({ kind, since, until, message, remedy }: TriggerFinding): TriggerFindingMessage {
  return create(TriggerFindingSchema, {
    kind: TRIGGER_FINDING_KIND_TABLE.toProto(kind),
    since: instantToProto(since),
    until: instantToProto(until),
    message,
    remedy: remedy ?? '',
  });
}
