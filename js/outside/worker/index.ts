// How do threads start and do jobs, whatever the runtime? A pool of threads on this side, and the script that serves
// them on the other.
export { errorOf, type PlainError, plainError } from './messages.js';
export type { Pool } from './pool.js';
export { portOfThread } from './port.js';
export { serveKinds } from './serve-kinds.js';
export { serve, type Worker } from './serve.js';
export { startPool, type WorkersOptions } from './start.js';
