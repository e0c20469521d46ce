import { PassThrough } from 'node:stream';
import { createLogger, withIds, type LogFormat } from './logger.js';

function capture(format: LogFormat): {
  logger: ReturnType<typeof createLogger>;
  text: () => string;
  firstLine: () => Record<string, unknown>;
} {
  const destination = new PassThrough();
  const logger = createLogger({ service: 'scheduler', version: '1', level: 'info', format, destination });
  const chunks: string[] = [];
  destination.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  const text = (): string => chunks.join('');
  return { logger, text, firstLine: () => JSON.parse(text().split('\n')[0] ?? '') as Record<string, unknown> };
}

describe('logger', () => {
  it('writes one JSON object a line that names the service and the level', () => {
    const { logger, firstLine } = capture('json');
    logger.info({ port: 7 }, 'listening');
    expect(firstLine()).toMatchObject({ level: 'info', service: 'scheduler', version: '1', port: 7, msg: 'listening' });
  });

  it('writes JSON for the format auto when the output is no terminal', () => {
    const { logger, firstLine } = capture('auto');
    logger.warn('late');
    expect(firstLine()).toMatchObject({ level: 'warn', msg: 'late' });
  });

  it('writes readable text for the format pretty', () => {
    const { logger, text } = capture('pretty');
    logger.info({ port: 7 }, 'listening');
    expect(text()).toMatch(/INFO.*listening/);
    expect(text()).toContain('port: 7');
  });

  it('drops lines below its level', () => {
    const { logger, text } = capture('json');
    logger.debug('noise');
    expect(text()).toBe('');
  });

  it('keeps the message and the stack of an error logged as err', () => {
    const { logger, firstLine } = capture('json');
    logger.error({ err: new Error('disk full') }, 'could not write');
    expect(firstLine()['err']).toMatchObject({ type: 'Error', message: 'disk full' });
  });

  it('carries the ids of a run in a child, with 64-bit ids exact', () => {
    const { logger, firstLine } = capture('json');
    withIds(logger, { workflow: 'etl', instance: 9007199254740993n, step: 'load' }).info('started');
    expect(firstLine()).toMatchObject({ workflow: 'etl', instance: '9007199254740993', step: 'load' });
    expect(firstLine()).not.toHaveProperty('attempt');
  });
});
