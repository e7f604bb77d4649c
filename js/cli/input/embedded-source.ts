/**
 * What methods that take no weights learn from when they are given no source: all of EmoDB.
 *
 * @module
 */
import type { Corpus } from '../../data/index.js';
import type { Screen } from '../screen/screen.js';

/** EmoDB, with a note of it and of who recorded it. */
export async function embeddedSource(screen: Screen): Promise<Corpus> {
  const { EMODB_CREDIT, loadEmodb } = await import('../../io/emodb/index.js');
  const emodb = await loadEmodb();
  screen.note(`Learning from ${EMODB_CREDIT}`);
  return emodb;
}
