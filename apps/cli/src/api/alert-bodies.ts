/** AlertBody is something that a workflow wanted to be told of. */
export interface AlertBody {
  readonly id: bigint;
  readonly key: string;
  readonly type: string;
  readonly workflow_id: string;
  readonly summary: string;
  readonly details: readonly string[];
  readonly state: string;
  readonly told: boolean;
  readonly problems: readonly string[];
  readonly create_time: bigint;
  readonly acknowledged_by?: string;
}

/** TestedAlertBody is whom a test alert is told. */
export interface TestedAlertBody {
  readonly receivers: readonly { readonly channel: string; readonly target: string }[];
  readonly problems: readonly string[];
}
