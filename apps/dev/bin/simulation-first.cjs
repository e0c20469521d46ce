'use strict';

const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * Runs the simulation before anything else. Suites share a process, and Node never takes back the async hooks that one of them has switched
 * on (any AsyncLocalStorage does): behind such a suite the simulation, which is all promises, takes eight times as long.
 */
class SimulationFirst extends Sequencer {
  sort(tests) {
    const isSimulation = ({ path }) => path.endsWith('simulation.test.ts');
    const sorted = super.sort(tests);
    return [...sorted.filter(isSimulation), ...sorted.filter((test) => !isSimulation(test))];
  }
}

module.exports = SimulationFirst;
