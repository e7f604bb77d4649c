/**
 * Packages of bench/package.json. The bench is bundled elsewhere, so they are looked up from their own folder.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const folder = resolve('bench');
const require = createRequire(join(folder, 'package.json'));

/** A package, loaded as CommonJS, with its version; or why it is not there. */
export function peerPackage<T>(name: string): { exports: T; version: string } | { absent: string } {
  try {
    return { exports: require(name) as T, version: peerVersion(name) };
  } catch (error) {
    return { absent: `${name} does not load (${String(error).split('\n')[0]})` };
  }
}

/** A file inside a package; may not exist. */
export function peerFile(name: string, ...path: string[]): string {
  return join(folder, 'node_modules', name, ...path);
}

/** Version of an installed package. */
export function peerVersion(name: string): string {
  const file = peerFile(name, 'package.json');
  if (!existsSync(file)) return 'absent';
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
