/** RestAnswer is an answer of the gateway. */
export interface RestAnswer {
  readonly status: number;
  /** Parsed when it is JSON, else the text. */
  readonly body: Answered;
  readonly headers: Headers;
}

/** Answered is the JSON of any answer: tests name what they expect of it. */
export type Answered = Readonly<Record<string, unknown>>;

/** RestRequest is what can be said besides method and path. */
export interface RestRequest {
  /** Sent as JSON; a string is sent as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Send no `user` header. */
  readonly anonymous?: boolean;
}

const TIMEOUT_MS = 30_000;

/** RestClient calls one gateway below `/api/v3`, as user `ada`. */
export class RestClient {
  constructor(readonly base: string) {}

  /** Answers also of a refusal; throws only when nothing answers. */
  async ask(method: string, path: string, request: RestRequest = {}): Promise<RestAnswer> {
    const { body, headers = {}, anonymous = false } = request;
    const response = await fetch(`${this.base}/api/v3${path}`, {
      method,
      headers: {
        ...(anonymous ? {} : { user: 'ada' }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
    return {
      status: response.status,
      body: (isJson && text !== '' ? JSON.parse(text) : { text }) as Answered,
      headers: response.headers,
    };
  }

  /** The body of an answer that must be a success; the caller names its shape. */
  async succeed<T>(method: string, path: string, request: RestRequest = {}): Promise<T> {
    const { status, body } = await this.ask(method, path, request);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(body)}`);
    return body as T;
  }
}
