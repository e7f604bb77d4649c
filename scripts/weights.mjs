/**
 * The weights "open" as a source file, which the package loads when they are first asked for.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { at } from './root.mjs';

const OUT = 'js/recogniser/recognition/builtin/open-base64.ts';

/** Writes it, if it changed. */
export function embedWeights() {
  const base64 = readFileSync(at('weights/open/open.satnmf')).toString('base64');
  const source = `// Written by scripts/weights.mjs from weights/open/open.satnmf.\nexport const OPEN: string =\n  '${base64}';\n`;
  mkdirSync(dirname(at(OUT)), { recursive: true });
  if (!existsSync(at(OUT)) || readFileSync(at(OUT), 'utf8') !== source) writeFileSync(at(OUT), source);
}
