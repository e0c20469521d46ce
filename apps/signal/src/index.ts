export { compose, type SignalProcess } from './compose.js';
export { signalConfig, type SignalConfig } from './config.js';
