/** The script of satnmf's workers awaits at its top level, so it must be a module. */
export default { worker: { format: 'es' } };
