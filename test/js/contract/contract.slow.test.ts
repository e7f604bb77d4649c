import { keepsContract } from './suite.js';

keepsContract(({ name }) => name.endsWith(' paper') && name !== 'satnmf paper');
