import { optional, setting, url } from '@maestro/config';

/** apiSettings say what the code of steps needs to call Maestro. */
export const apiSettings = {
  apiUrl: setting({
    flag: 'api-url',
    env: 'MAESTRO_API_URL',
    schema: optional(url('http', 'https')),
    default: '',
    doc: 'where steps, and whom they ask to call back, reach the REST API; empty: they cannot',
    example: 'https://maestro.example.com',
  }),
};
