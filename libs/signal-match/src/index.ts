export { holds } from './compare-values.js';
export { matchesSignal, type Wanted } from './matches-signal.js';
export { offeredText, shapeOf, wantedText, type Shape } from './lookup.js';
export { joinText, joinValues } from './join.js';
