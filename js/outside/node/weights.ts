/**
 * Files of trained weights.
 *
 * @module
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Weights } from '../../contract/index.js';
import { SatnmfError } from '../../errors.js';
import { loadWeights } from '../../recogniser/index.js';
import { readBytes, type ReadOptions } from './files.js';

/** Package of the weights "research", and the file in it. */
const PACKAGE = 'satnmf-weights-research';
const FILE = 'research.satnmf';

/**
 * Weights from a file that `satnmf train` wrote.
 *
 * @throws {SatnmfError} `bad-file`, `bad-model`, `wrong-version`
 */
export async function loadWeightsFile(
  file: string,
  options: Pick<ReadOptions, 'signal'> = {},
): Promise<Weights> {
  return loadWeights(await readBytes(file, options), { file });
}

/** Where the weights "research" are: in a clone of the project, or where npm installed their package. */
function researchFile(): string | undefined {
  // From dist/ and from dist/chunks/.
  for (const folder of ['../weights/research/', '../../weights/research/']) {
    const file = fileURLToPath(new URL(`${folder}${FILE}`, import.meta.url));
    if (existsSync(file)) return file;
  }
  for (const from of [import.meta.url, pathToFileURL(join(process.cwd(), 'package.json'))])
    try {
      return createRequire(from).resolve(`${PACKAGE}/${FILE}`);
    } catch {
      // Not installed there.
    }
  return undefined;
}

/**
 * The weights "research", which are for non-commercial use only and do not come with the package.
 *
 * @throws {SatnmfError} `bad-file`: they are nowhere, with how to get them
 */
export async function researchWeights(options: Pick<ReadOptions, 'signal'> = {}): Promise<Weights> {
  const file = researchFile();
  if (file !== undefined) return loadWeightsFile(file, options);
  throw new SatnmfError(
    'bad-file',
    `The weights "research" are not here. They are for non-commercial use only and do not come with satnmf: take ` +
      `weights/research/${FILE} from a clone of the project and name the file (--pretrained ${FILE}), or install the ` +
      `folder weights/research as the package ${PACKAGE}`,
    { file: FILE },
  );
}
