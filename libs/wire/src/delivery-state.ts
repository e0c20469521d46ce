import type { DeliveryState } from '@maestro/domain';
import { DeliveryState as StateEnum } from '@maestro/proto/maestro/notifier/v1/notifier_service';
import { enumTable } from './enum-table.js';

export const DELIVERY_STATE_TABLE = enumTable<DeliveryState, StateEnum>({
  PENDING: StateEnum.PENDING,
  DELIVERED: StateEnum.DELIVERED,
  DEAD: StateEnum.DEAD,
});
