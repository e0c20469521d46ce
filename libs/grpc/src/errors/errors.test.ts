import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { Metadata, status } from '@grpc/grpc-js';
import { ERROR_CODES, MaestroError, type ErrorCode } from '@maestro/domain';
import { createLogger } from '@maestro/telemetry';
import { collect, startEcho, type RunningEcho } from '../fixtures/echo-server.js';
import { decodeError } from './decode-error.js';
import { encodeError } from './encode-error.js';
import { CODE_OF_STATUS, STATUS_OF_CODE } from './status-of-code.js';

const PAGES = join(__dirname, '../../../../docs/errors');

describe('error codes', () => {
  it.each(ERROR_CODES)('%s has a page that names it and its gRPC status', (code) => {
    const page = join(PAGES, `${code}.md`);
    expect(existsSync(page)).toBe(true);
    const text = readFileSync(page, 'utf8');
    expect(text).toMatch(new RegExp(`^# ${code}$`, 'm'));
    expect(text).toContain(`\`${status[STATUS_OF_CODE[code]]}\``);
  });

  it('have no page for a code that does not exist', () => {
    const pages = readdirSync(PAGES).filter((name) => name !== 'README.md');
    expect(pages.map((name) => name.replace('.md', '')).sort()).toEqual([...ERROR_CODES].sort());
  });

  it('are found for every gRPC status', () => {
    for (const value of Object.values(status).filter((v): v is status => typeof v === 'number')) {
      expect(ERROR_CODES).toContain(CODE_OF_STATUS[value]);
    }
  });
});

describe('a MaestroError', () => {
  let thrown: unknown;
  let echo: RunningEcho;
  const lines = new PassThrough();
  const destination = lines.setEncoding('utf8');
  beforeAll(async () => {
    const logger = createLogger({ service: 'echo', version: '1', level: 'info', format: 'json', destination });
    echo = await startEcho(
      {
        say: async () => {
          throw thrown;
        },
        async *count() {
          yield { number: 1 };
          throw thrown;
        },
      },
      { logger },
    );
  });
  afterAll(() => echo.stop());

  const call = (): Promise<unknown> => echo.client.say({ text: 'x' }).catch((error: unknown) => error);

  it.each(ERROR_CODES)('crosses the wire with its code: %s', async (code: ErrorCode) => {
    thrown = new MaestroError(code, `about ${code}`);
    expect(await call()).toMatchObject({ name: 'MaestroError', code, message: `about ${code}` });
  });

  it('crosses the wire whole: violations with positions, facts, when to retry', async () => {
    const violations = [
      { path: 'steps[2].id', message: 'is missing', line: 12, column: 5 },
      { path: 'params.a', message: 'is wrong', within: { line: 2, column: 7 } },
      { path: 'steps[3].typ', message: 'is unknown; did you mean ‘type’?' },
    ];
    thrown = new MaestroError('INVALID_DEFINITION', 'two problems', {
      violations,
      metadata: { workflow: 'etl' },
      retryAfterMs: 1_500.5,
    });
    const error = (await call()) as MaestroError;
    expect(error.violations).toEqual(violations);
    expect(error.metadata).toEqual({ workflow: 'etl' });
    expect(error.retryAfterMs).toBe(1_500.5);
  });

  it('says how many violations did not fit', async () => {
    const violations = Array.from({ length: 500 }, (_, i) => ({ path: `steps[${String(i)}]`, message: 'is wrong' }));
    thrown = new MaestroError('INVALID_DEFINITION', 'm'.repeat(100_000), { violations });
    const error = (await call()) as MaestroError;
    expect(error.code).toBe('INVALID_DEFINITION');
    expect(error.violations.length).toBeGreaterThan(50);
    expect(error.violations.length + Number(error.metadata['violations_omitted'])).toBe(500);
  });

  it('ends a stream after what was sent before it', async () => {
    thrown = new MaestroError('CONFLICT', 'moved');
    const got: number[] = [];
    const read = async (): Promise<void> => {
      for await (const { number } of echo.client.count({ until: 9 })) got.push(number);
    };
    await expect(read()).rejects.toMatchObject({ code: 'CONFLICT', message: 'moved' });
    expect(got).toEqual([1]);
  });

  it('replaces a plain error, whose text stays in the log under the id that the caller is given', async () => {
    lines.read();
    thrown = new Error('password is hunter2');
    const error = (await call()) as MaestroError;
    expect(error.code).toBe('INTERNAL');
    expect(error.message).not.toContain('hunter2');
    const id = error.metadata['error_id'] ?? 'none';
    expect(error.message).toContain(id);
    const logged = String(lines.read());
    expect(logged).toContain(id);
    expect(logged).toContain('hunter2');
    await expect(collect(echo.client.count({ until: 1 }))).rejects.toMatchObject({ code: 'INTERNAL' });
  });
});

describe('errors that are not ours', () => {
  const serviceError = (code: status, details: string, metadata = new Metadata()): Error =>
    Object.assign(new Error(details), { code, details, metadata });

  it('get the code that their status means', () => {
    expect(decodeError(serviceError(status.UNIMPLEMENTED, 'no'), '/S/M')).toMatchObject({ code: 'NOT_SUPPORTED' });
    expect(decodeError(serviceError(status.RESOURCE_EXHAUSTED, 'busy'), '/S/M')).toMatchObject({ code: 'OVERLOADED' });
  });

  it('keep the code of their status when the details are broken or name an unknown code', () => {
    const broken = new Metadata();
    broken.set('grpc-status-details-bin', Buffer.from([0xff, 0xff]));
    expect(decodeError(serviceError(status.ABORTED, 'x', broken), '/S/M')).toMatchObject({ code: 'CONFLICT' });
    const newer = encodeError(new MaestroError('FROM_THE_FUTURE' as ErrorCode, 'new'));
    const unknown = decodeError(serviceError(status.ABORTED, 'x', newer.metadata ?? undefined), '/S/M');
    expect(unknown).toMatchObject({ code: 'CONFLICT' });
  });

  it('are INTERNAL when they come from nowhere', () => {
    expect(decodeError(new TypeError('oops'), '/S/M')).toMatchObject({ code: 'INTERNAL' });
  });
});
