/** AttemptSpan is the span of one attempt in the trace of its run. */
export interface AttemptSpan {
  /** Makes the step's own process a child of this span. */
  readonly traceparent: string | undefined;
  end(failure: string | undefined): void;
}
