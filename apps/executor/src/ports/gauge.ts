/** Gauge is a number that is looked at when somebody asks. */
export interface Gauge {
  readonly name: string;
  readonly description: string;
  readonly read: () => number;
}
