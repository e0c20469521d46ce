import type { DeliveryState, Millis } from '@maestro/domain';
import type { Page, PageAsk } from '@maestro/service';

/** DeliveryFilter says which; what is absent does not matter. */
export interface DeliveryFilter {
  readonly channel?: string;
  readonly target?: string;
  readonly kind?: string;
  readonly workflowId?: string;
}

/** LoggedDelivery is a delivery and what has become of it. */
export interface LoggedDelivery {
  readonly key: bigint;
  readonly messageId: string;
  readonly channel: string;
  readonly target: string;
  readonly kind: string;
  readonly workflowId?: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly lastAnswer?: string;
  readonly nextTry?: Millis;
  readonly createTime: Millis;
  readonly settleTime?: Millis;
}

/** DeliveryLog remembers what was sent, and sends again. */
export interface DeliveryLog {
  list(
    tenant: string,
    filter: DeliveryFilter,
    state: DeliveryState | undefined,
    ask: PageAsk,
  ): Promise<Page<LoggedDelivery>>;
  /** retry begins anew with one, whatever became of it; undefined: there is none. */
  retry(tenant: string, key: bigint): Promise<LoggedDelivery | undefined>;
  /** retryDead begins anew with dead ones; answers how many. */
  retryDead(tenant: string, filter: DeliveryFilter, limit: number): Promise<number>;
  /** trim gives up what has been pending since before `pendingBefore`, and forgets what was settled before `settledBefore`; answers how many of the larger. */
  trim(before: { readonly pendingBefore: Millis; readonly settledBefore: Millis }, limit: number): Promise<number>;
}
