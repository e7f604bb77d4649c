/**
 * A server of the demo page's files, with the policy that the page lives under.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

/** Nothing but the page's own files, wasm among them; sound comes from what the user dropped. */
export const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  'media-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.bin': 'application/octet-stream',
};

/**
 * A server of the folder's files on this machine.
 *
 * @param {string} folder
 * @param {number} port 0: any
 * @param {string} more what is appended to the policy of the header
 * @returns {Promise<import('node:http').Server>} listening; rejects if the port is taken
 */
export function serveDemo(folder, port, more = '') {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = join(folder, normalize(path.endsWith('/') ? `${path}index.html` : path));
    const type = TYPES[extname(file)];
    if (!file.startsWith(folder) || type === undefined || !existsSync(file))
      return response.writeHead(404, { 'content-type': 'text/plain' }).end('There is no such file.\n');
    response.writeHead(200, {
      'content-type': type,
      'content-security-policy': `${POLICY}; frame-ancestors 'none'${more}`,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
    });
    return response.end(readFileSync(file));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
