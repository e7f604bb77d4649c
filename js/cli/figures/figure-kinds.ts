/**
 * Figures that are drawn of the runs of a sweep.
 *
 * @module
 */
export const FIGURE_KINDS = ['bars', 'sensitivity', 'convergence', 'confusion'] as const;
export type FigureKind = (typeof FIGURE_KINDS)[number];
