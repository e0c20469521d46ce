export { compose, type NotifierProcess } from './compose.js';
export { notifierConfig, type NotifierConfig } from './config.js';
