import { keepsContract } from './suite.js';

// The paper's values of all other methods are in contract.slow.test.ts.
keepsContract(({ name }) => !name.endsWith(' paper') || name === 'satnmf paper');
