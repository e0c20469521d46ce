import nx from '@nx/eslint-plugin';
import importX from 'eslint-plugin-import-x';
import n from 'eslint-plugin-n';
import tseslint from 'typescript-eslint';

const TESTS = ['**/*.test.ts', '**/fixtures/**', '**/src/testing/**', '**/*.contract.ts'];
const CORE = [
  'domain',
  'sel',
  'params',
  'dsl',
  'steps',
  'run-strategy',
  'schedule',
  'signal-match',
  'alerting',
  'engine',
].map((name) => `libs/${name}/src/**/*.ts`);
const SERVICES = '{definition,scheduler,executor,signal,notifier,gateway}';

/** What a layer may import; the layers are the tags in each package.json. */
const ARROWS = {
  vocab: ['vocab'],
  core: ['vocab', 'core'],
  proto: ['proto'],
  wire: ['vocab', 'core', 'proto', 'wire'],
  platform: ['vocab', 'proto', 'platform', 'testing'],
  testing: ['vocab', 'platform', 'testing'],
  shell: ['vocab', 'core', 'platform', 'testing'],
  service: ['vocab', 'core', 'wire', 'proto', 'platform', 'shell', 'testing'],
  cli: ['vocab', 'core', 'wire', 'proto', 'platform', 'shell', 'testing'],
  dev: ['vocab', 'platform', 'testing'],
  e2e: ['vocab', 'core', 'wire', 'proto', 'platform', 'shell', 'testing'],
  bench: ['vocab', 'core', 'wire', 'proto', 'platform', 'shell', 'testing'],
};

/** Libraries that core may use: pure ones, without clock and I/O. */
const CORE_LIBRARIES = ['yaml', 'lossless-json', 'lru-cache', 'luxon', 're2js', 'croner', 'fast-check'];

const boundaries = Object.entries(ARROWS).map(([layer, targets]) => ({
  sourceTag: `layer:${layer}`,
  onlyDependOnLibsWithTags: targets.map((target) => `layer:${target}`),
  ...(['vocab', 'core'].includes(layer) ? { allowedExternalImports: CORE_LIBRARIES } : {}),
}));

/** A later block replaces the options of an earlier one, so each block names all that its files may not import. */
const banned = (...patterns) => ['error', { patterns: [TESTING_IN_CODE, ...patterns] }];
const TESTING_IN_CODE = { group: ['@maestro/testing'], message: 'only tests may use @maestro/testing' };
const NODE = { group: ['node:*', 'fs', 'path', 'crypto', 'os'], message: 'core is pure: no I/O; let it come in' };
const room = (...names) => ({
  group: names.map((name) => (name === 'compose' ? '**/compose.js' : `**/${name}/**`)),
  message: 'arrows in a service: rpc|consumers|loops -> usecases -> ports <- adapters; only compose.ts knows adapters',
});
const ENTRIES = ['rpc', 'consumers', 'loops'];

const impure = [
  ['CallExpression[callee.object.name="Date"][callee.property.name="now"]', 'time comes in: no Date.now'],
  ['NewExpression[callee.name="Date"][arguments.length=0]', 'time comes in: no new Date()'],
  ['CallExpression[callee.object.name="Math"][callee.property.name="random"]', 'randomness comes in: no Math.random'],
  [':function[async=true]', 'core never waits: no async'],
].map(([selector, message]) => ({ selector, message }));

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/gen/**',
      '**/*_pb.ts',
      '**/node_modules/**',
      '**/coverage/**',
      '.nx/**',
      '.maestro/**',
      '**/*.d.ts',
      // Written as users write them; a test of apps/e2e runs them.
      'examples/**',
    ],
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    plugins: { '@nx': nx, 'import-x': importX, n },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true },
    settings: {
      'import-x/extensions': ['.ts', '.js'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
      'import-x/resolver-next': [
        importX.createNodeResolver({ extensions: ['.ts', '.js'], extensionAlias: { '.js': ['.ts', '.js'] } }),
      ],
    },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        { allow: [], banTransitiveDependencies: false, depConstraints: boundaries },
      ],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-default-export': 'error',
      'n/no-process-env': 'error',
      'no-restricted-imports': banned(),
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true, allowNullish: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // Recurses without end on recursive type aliases (typescript-eslint 8.73.0).
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // A handler whose interface promises a promise is async even where it waits for nothing.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      // Prepared rows and handlers are often given as methods on purpose; jest's expect(x.method) trips over it.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: CORE,
    ignores: TESTS,
    rules: { 'no-restricted-imports': banned(NODE), 'no-restricted-syntax': ['error', ...impure] },
  },
  {
    files: ENTRIES.map((name) => `apps/${SERVICES}/src/${name}/**/*.ts`),
    ignores: TESTS,
    rules: { 'no-restricted-imports': banned(room('adapters', 'compose')) },
  },
  {
    files: [`apps/${SERVICES}/src/usecases/**/*.ts`],
    ignores: TESTS,
    rules: { 'no-restricted-imports': banned(room('adapters', 'compose', ...ENTRIES)) },
  },
  {
    files: [`apps/${SERVICES}/src/ports/**/*.ts`],
    ignores: TESTS,
    rules: { 'no-restricted-imports': banned(room('adapters', 'compose', 'usecases', ...ENTRIES)) },
  },
  {
    files: [`apps/${SERVICES}/src/adapters/**/*.ts`],
    ignores: TESTS,
    rules: { 'no-restricted-imports': banned(room('compose', 'usecases', ...ENTRIES)) },
  },
  { files: ['apps/*/src/main.ts', 'bench/src/main.ts'], rules: { 'n/no-process-env': 'off' } },
  {
    files: TESTS,
    rules: {
      'no-restricted-imports': 'off',
      'max-lines-per-function': 'off',
      'n/no-process-env': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['**/*.cjs', '**/*.mjs'],
    rules: { 'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }] },
  },
  // Tests and their launchers live in libs/testing and apps/e2e: there the package is at home.
  { files: ['libs/testing/**/*.ts', 'apps/e2e/**/*.ts', 'bench/**/*.ts'], rules: { 'no-restricted-imports': 'off' } },
);
