export { compose, type DefinitionProcess } from './compose.js';
export { definitionConfig, type DefinitionConfig } from './config.js';
