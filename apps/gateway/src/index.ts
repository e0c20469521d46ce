export { compose, type GatewayPorts, type GatewayProcess } from './compose.js';
export { gatewayConfig, type GatewayConfig } from './config.js';
