import { isSpanContextValid, trace } from '@opentelemetry/api';
import pino from 'pino';
import pretty from 'pino-pretty';

/** The levels a service can be told to log at; `silent` logs nothing. */
export const LOGGER_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LoggerLevel = (typeof LOGGER_LEVELS)[number];

/** `auto` is pretty on a terminal and JSON everywhere else. */
export const LOG_FORMATS = ['auto', 'json', 'pretty'] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

/** LogMethod takes facts for programs first and a sentence for people last. */
export interface LogMethod {
  (facts: object, message: string): void;
  (message: string): void;
}

/**
 * Logger is what the rest of the code sees of the logging library: levels and children. Error objects are logged under
 * the key `err`.
 */
export interface Logger {
  readonly trace: LogMethod;
  readonly debug: LogMethod;
  readonly info: LogMethod;
  readonly warn: LogMethod;
  readonly error: LogMethod;
  readonly fatal: LogMethod;
  child(bindings: object): Logger;
}

/** LogIds are the ids that join log lines with runs and traces. Only those that are known are given. */
export interface LogIds {
  readonly workflow?: string;
  readonly instance?: bigint | number | string;
  readonly run?: bigint | number | string;
  readonly step?: string;
  readonly attempt?: bigint | number | string;
  readonly traceId?: string;
}

export interface LoggerOptions {
  readonly service: string;
  readonly version: string;
  readonly level: LoggerLevel;
  readonly format: LogFormat;
  /** Where lines go; standard output when absent. */
  readonly destination?: NodeJS.WritableStream;
}

/** createLogger makes a service's root logger. Lines written inside a recorded span carry its trace id. */
export function createLogger(options: LoggerOptions): Logger {
  return pino(
    {
      level: options.level,
      base: { service: options.service, version: options.version },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      mixin: activeTrace,
    },
    destinationOf(options),
  );
}

/** withIds is a child logger whose lines carry the ids; 64-bit ids are written as decimal text, so that none is rounded. */
export function withIds(logger: Logger, ids: LogIds): Logger {
  const bindings: Record<string, string | number> = {};
  for (const [key, value] of Object.entries(ids) as [string, LogIds[keyof LogIds]][]) {
    if (value !== undefined) bindings[key] = typeof value === 'bigint' ? value.toString() : value;
  }
  return logger.child(bindings);
}

/** silentLogger drops every line: for tests and for libraries that were given no logger. */
export const silentLogger: Logger = pino({ level: 'silent' });

function destinationOf(options: LoggerOptions): pino.DestinationStream {
  const out = options.destination ?? process.stdout;
  const terminal = 'isTTY' in out && out.isTTY;
  if (options.format === 'json' || (options.format === 'auto' && !terminal)) return out;
  return pretty({
    destination: out,
    colorize: terminal,
    ignore: 'pid,hostname,service,version',
    translateTime: 'SYS:HH:MM:ss.l',
    sync: true,
  });
}

function activeTrace(): object {
  const span = trace.getActiveSpan()?.spanContext();
  return span !== undefined && isSpanContextValid(span) ? { traceId: span.traceId } : {};
}
