/** A `.wasm` import as runtimes with static wasm modules give it. */
declare module '*.wasm' {
  const module: WebAssembly.Module;
  export default module;
}

/** The same in the words of Next.js and Vercel. */
declare module '*.wasm?module' {
  const module: WebAssembly.Module;
  export default module;
}
