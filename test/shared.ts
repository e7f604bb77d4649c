/** The folder with data and figures that do not belong to the project; tests say so where it is absent. */
import { fileURLToPath } from 'node:url';

export const SHARED = process.env['SATNMF_SHARED'] ?? fileURLToPath(new URL('../../shared', import.meta.url));
