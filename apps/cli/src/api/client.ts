import type { Json } from '@maestro/domain';
import { parseJsonText, stringifyJson } from '@maestro/dsl';
import type { Address } from '../address.js';
import { ApiError, apiErrorOf } from './api-error.js';
import { connectionErrorOf } from './connection-error.js';

const TIMEOUT_MS = 60_000;

/** Answer is a body both as it came and read, whole numbers as bigint. */
export interface Answer<T> {
  readonly body: T;
  readonly text: string;
}

/** Content is the body of a request. */
export interface Content {
  readonly text: string;
  readonly type: 'application/json' | 'application/yaml';
}

/** jsonContent writes a body without losing whole numbers. */
export function jsonContent(json: Json): Content {
  return { text: stringifyJson(json), type: 'application/json' };
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** StreamOptions: `lastEventId` is the last event that was seen of an earlier stream. */
export interface StreamOptions {
  readonly method?: Method;
  readonly lastEventId?: string | undefined;
}

/** Client speaks the gateway's REST API as one caller. Its calls throw ApiError and ConnectionError. */
export class Client {
  constructor(
    readonly address: Address,
    private readonly user: string,
    private readonly timeoutMs = TIMEOUT_MS,
    /** undefined = the tenant named `default`. */
    private readonly tenant?: string,
  ) {}

  /** The type of the body is the API's promise; it is not checked again here. */
  async get<T>(path: string): Promise<Answer<T>> {
    return this.call<T>('GET', path);
  }

  /** As `get`, and undefined when the answer is 404. */
  async find<T>(path: string): Promise<Answer<T> | undefined> {
    try {
      return await this.call<T>('GET', path);
    } catch (error) {
      if (error instanceof ApiError && error.httpStatus === 404) return undefined;
      throw error;
    }
  }

  async call<T>(method: Method, path: string, content?: Content): Promise<Answer<T>> {
    const response = await this.fetch(method, path, {
      signal: AbortSignal.timeout(this.timeoutMs),
      ...bodyOf(content),
    });
    const text = await this.textOf(response);
    if (!response.ok) throw apiErrorOf(response.status, text);
    return { body: (text === '' ? null : parseJsonText(text)) as T, text };
  }

  /** stream opens an answer that goes on; breaking off its iteration closes it. */
  async *stream(
    path: string,
    accept: string,
    signal: AbortSignal,
    { method = 'GET', lastEventId }: StreamOptions = {},
  ): AsyncGenerator<string> {
    const resume = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
    const response = await this.fetch(method, path, { signal, headers: { accept, ...resume } });
    if (!response.ok) throw apiErrorOf(response.status, await this.textOf(response));
    const decoder = new TextDecoder();
    try {
      for await (const chunk of response.body ?? []) yield decoder.decode(chunk as Uint8Array, { stream: true });
    } catch (error) {
      if (!signal.aborted) throw connectionErrorOf(this.address, error);
    }
  }

  private async fetch(method: Method, path: string, init: RequestInit): Promise<Response> {
    const tenant: Record<string, string> = this.tenant === undefined ? {} : { tenant: this.tenant };
    const given = init.headers as Record<string, string> | undefined;
    const headers = { accept: 'application/json', user: this.user, ...tenant, ...given };
    try {
      return await fetch(this.address.url + path, { ...init, method, headers });
    } catch (error) {
      throw connectionErrorOf(this.address, error);
    }
  }

  private async textOf(response: Response): Promise<string> {
    try {
      return await response.text();
    } catch (error) {
      throw connectionErrorOf(this.address, error);
    }
  }
}

function bodyOf(content: Content | undefined): RequestInit {
  return content === undefined ? {} : { body: content.text, headers: { 'content-type': content.type } };
}
