import type { JsonObject } from '@maestro/domain';
import { parseJsonText } from '@maestro/dsl';
import { compose } from '../compose.js';
import type { GatewayConfig } from '../config.js';
import { BASE_PATH } from '../routes/table.js';
import { type FakeAnswers, type SeenCall, startFakeServices } from './fake-services.js';

/** RestAnswer is an answer as a client sees it. */
export interface RestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: JsonObject;
}

/** RestOptions: a body is sent as JSON unless `headers` says otherwise; the caller is `tester` unless it is null. */
export interface RestOptions {
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly caller?: string | null;
}

/** TestGateway is a real gateway in front of fake services. */
export interface TestGateway {
  readonly url: string;
  /** Calls that arrived at the services since the last `serve`. */
  readonly calls: SeenCall[];
  /** Says what the services answer from now on. */
  serve(answers: FakeAnswers): void;
  send(method: string, path: string, options?: RestOptions): Promise<RestAnswer>;
  /** Opens an answer without reading it. */
  open(path: string, signal?: AbortSignal): Promise<Response>;
  stop(): Promise<void>;
  stopGateway(): Promise<void>;
  stopServices(): Promise<void>;
}

/** testConfig is a gateway on free ports whose four services are at one address. */
export function testConfig(address: string, maxInFlight = 100): GatewayConfig {
  return {
    restHost: '127.0.0.1',
    restPort: 0,
    maxInFlight,
    definitionAddress: address,
    schedulerAddress: address,
    executorAddress: address,
    signalAddress: address,
    notifierAddress: address,
    metricsPort: 0,
    logLevel: 'fatal',
    logFormat: 'json',
    otlpUrl: undefined,
  };
}

function headersOf({ body, headers, caller = 'tester' }: RestOptions): Record<string, string> {
  return {
    ...(caller === null ? {} : { user: caller }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...headers,
  };
}

async function answerOf(response: Response): Promise<RestAnswer> {
  const text = await response.text();
  const isJson = response.headers.get('content-type') === 'application/json';
  const json = (isJson ? parseJsonText(text) : {}) as JsonObject;
  return { status: response.status, headers: response.headers, text, json };
}

/** startTestGateway starts both; `stop` ends both. */
export async function startTestGateway(maxInFlight?: number): Promise<TestGateway> {
  const fake = await startFakeServices();
  const gateway = compose(testConfig(fake.address, maxInFlight));
  const { restPort } = await gateway.start();
  const url = `http://127.0.0.1:${restPort}`;
  return {
    url,
    calls: fake.calls,
    serve: (answers) => {
      fake.calls.length = 0;
      fake.answers = answers;
    },
    send: async (method, path, options = {}) => {
      const target = path.startsWith('/v1/') ? `${url}${path}` : `${url}${BASE_PATH}${path}`;
      const { body } = options;
      const init = { method, headers: headersOf(options), ...(body === undefined ? {} : { body }) };
      return answerOf(await fetch(target, init));
    },
    open: (path, signal) => fetch(`${url}${BASE_PATH}${path}`, signal === undefined ? {} : { signal }),
    stopGateway: () => gateway.stop(),
    stopServices: () => fake.stop(),
    stop: async () => {
      await gateway.stop();
      await fake.stop();
    },
  };
}
