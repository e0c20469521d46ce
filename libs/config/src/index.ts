export { defineConfig, setting, type Config, type ConfigSpec, type Setting, type Settings } from './setting.js';
export { readConfig, ConfigError, type ConfigSource } from './read-config.js';
export { describeConfig, maskSecret, printableConfig, wantsHelp } from './describe-config.js';
export { sharedSettings, CONTRACT_VARIABLES, LOG_LEVEL_NAMES } from './shared-settings.js';
export { address, choice, integer, optional, port, text, url, yesNo } from './schemas.js';
export { nearest } from './nearest.js';
