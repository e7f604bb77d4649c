// The values that Luo & Han (2019, §3) searched. Methods that the paper does not have take them for the options that
// they share.

export const C = Object.freeze([0.1, 0.5, 1, 5, 10, 50, 100]);
export const NEIGHBOURS = Object.freeze([1, 3, 5, 10, 15]);
export const RANKS = Object.freeze([16, 32, 64, 128, 256, 512]);
export const WEIGHTS = Object.freeze([0.01, 0.1, 0.5, 1, 5, 10, 50, 100, 1000]);
