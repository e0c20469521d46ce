/** The one jest configuration: unit tests lie beside the code as *.test.ts; real servers are used by *.integration.test.ts and *.e2e.test.ts. */
const kinds = { unit: '**/*.test.ts', integration: '**/*.integration.test.ts', e2e: '**/*.e2e.test.ts' };

module.exports = (rootDir) => {
  const kind = process.env.MAESTRO_TEST_KIND ?? 'unit';
  return {
    rootDir,
    testEnvironment: 'node',
    testEnvironmentOptions: { customExportConditions: ['maestro-source', 'node', 'require', 'default'] },
    testMatch: [kinds[kind]],
    testPathIgnorePatterns: [
      '/node_modules/',
      '/dist/',
      ...(kind === 'unit' ? ['\\.integration\\.test\\.ts$', '\\.e2e\\.test\\.ts$'] : []),
    ],
    moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
    transform: {
      '^.+\\.ts$': [
        '@swc/jest',
        { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
      ],
    },
    testTimeout: kind === 'unit' ? 15_000 : 60_000,
  };
};
