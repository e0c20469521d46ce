export { compose, type ExecutorProcess } from './compose.js';
export { executorSpec, type ExecutorConfig } from './config.js';
