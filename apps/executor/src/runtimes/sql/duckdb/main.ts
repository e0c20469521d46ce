import { workerProcess } from './worker.js';

workerProcess();
