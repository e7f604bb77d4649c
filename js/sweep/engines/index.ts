// Where do the jobs of a sweep run? On threads of this machine, or on a queue that several machines share.
export { type Answer, connectionTo, loadBullmq, QUEUE, type QueuedPoint, tellOutages } from './bullmq.js';
export { PairThreads } from './pair-threads.js';
export { queueEngine } from './queue.js';
export { threadEngine, VERSIONS } from './threads.js';
