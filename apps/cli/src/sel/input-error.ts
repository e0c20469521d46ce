/** InputError is a request to the playground that could not be understood. */
export class InputError extends Error {
  override readonly name = 'InputError';
}
