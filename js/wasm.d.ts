/** A `.wasm` import as runtimes with static wasm modules give it. */
declare module '*.wasm' {
  const module: WebAssembly.Module;
  export default module;
}
