const preset = require('../../jest.preset.cjs')(__dirname);

/** Packages that are ES modules only: jest cannot load them as they are. */
const ESM_ONLY = ['@kubernetes/client-node', 'openid-client', 'oauth4webapi', 'jose', 'rfc4648'];

module.exports = {
  ...preset,
  transform: {
    ...preset.transform,
    '/node_modules/.+\\.js$': ['@swc/jest', { jsc: { target: 'es2022' }, module: { type: 'commonjs' } }],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${ESM_ONLY.join('|')})/)`],
};
