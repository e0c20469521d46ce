// A worker with one step type: it counts the words of a text.
import { UserError, worker } from '@maestro/worker';

worker({
  address: process.env['MAESTRO_EXECUTOR_ADDRESS'] ?? '127.0.0.1:9103',
  token: process.env['MAESTRO_WORKER_TOKEN'] ?? '',
  types: {
    'count-words': {
      doc: 'Counts the words of `text` that have at least `shortest` letters.',
      params: {
        text: { type: 'STRING', internal_mode: 'REQUIRED' },
        shortest: { type: 'LONG', value: 1 },
        words: { type: 'LONG', value: 0, internal_mode: 'OPTIONAL' },
      },
      outputs: ['words'],
      run: async ({ params, log, signal }) => {
        const text = String(params['text']);
        if (text.trim() === '') throw new UserError('there is no text to count');
        const counted = text.split(/\s+/).filter((word) => word.length >= Number(params['shortest']));
        signal.throwIfAborted();
        log(`counted ${counted.length} words`);
        return { words: counted.length };
      },
    },
  },
});
