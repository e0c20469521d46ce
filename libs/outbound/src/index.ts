export {
  checkTarget,
  RefusedTarget,
  type HttpPolicy,
  type PolicySettings,
  type Resolve,
  type Target,
} from './check-target.js';
export { exchange, TimedOut, TooLarge, type HttpAnswer, type HttpRequest } from './exchange.js';
export { codeOf, reasonOf } from './network-error.js';
export { outboundPolicy } from './outbound-policy.js';
