/** WebhookBody is a URL that is told of events. */
export interface WebhookBody {
  readonly id: string;
  readonly url: string;
  readonly description?: string;
  readonly event_types: readonly string[];
  readonly workflow_ids: readonly string[];
  readonly disabled: boolean;
  readonly disabled_reason?: string;
  readonly created_by: string;
  readonly create_time: bigint;
  /** Where it is new. */
  readonly secret?: string;
}

/** DeliveryBody is something that somebody outside is told. */
export interface DeliveryBody {
  readonly id: bigint;
  readonly message_id: string;
  readonly channel: string;
  readonly target: string;
  readonly kind: string;
  readonly workflow_id?: string;
  readonly state: string;
  readonly attempts: bigint;
  readonly last_answer?: string;
  readonly next_try?: bigint;
  readonly create_time: bigint;
  readonly settle_time?: bigint;
}

/** PingBody is what a receiver answered to a ping. */
export interface PingBody {
  readonly delivered: boolean;
  readonly answer: string;
  readonly duration_ms: bigint;
}
