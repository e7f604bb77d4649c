// Linear SVMs: what do the solvers compute with a Gram matrix (products) or with rows (normal)?
export { expand, greedySteps, gatherProducts, solveFactor } from './products';
export { rowsTimes, addCombination, gatherRows } from './normal';
