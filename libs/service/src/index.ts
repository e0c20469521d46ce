export { callerOf } from './caller-of.js';
export { runService, type ServiceHost, type ServiceProgram } from './run-service.js';
export { Closers } from './closers.js';
export { telemetryOptions, type TelemetrySettings } from './telemetry-options.js';
export { RepeatedLoop, type RepeatedLoopOptions } from './repeated-loop.js';
export { postgresAway } from './postgres-away.js';
export { type Page, type PageAsk } from './page.js';
export { pageOf, rowsToAsk } from './page-of.js';
export { pageTokens, readPageAsk, type PageTokens } from './page-token.js';
