// Names of the 6373 features of the INTERSPEECH 2013 ComParE set, in their order.
//
// Each name is `contour_functional`. A contour is a low-level descriptor (LLD), smoothed (`_sma`), or the
// delta of it (`_sma_de`); members of an array carry their index last: `mfcc_sma_de[7]`. Six blocks of
// contours times functionals follow one another.

const words = (list: string): string[] => list.trim().split(/\s+/);

/** `name[from]` … `name[to]`, the index after the suffix: `%` marks the suffix's place. */
const indexed = (name: string, from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => `${name}%[${from + i}]`);

const plain = (list: string): string[] => words(list).map((name) => `${name}%`);

const ENERGY = plain('audspec_lengthL1norm audspecRasta_lengthL1norm pcm_RMSenergy pcm_zcr');

const SPECTRAL = [
  ...indexed('audSpec_Rfilt', 0, 25),
  ...plain(
    `fband250-650 fband1000-4000 spectralRollOff25.0 spectralRollOff50.0 spectralRollOff75.0
     spectralRollOff90.0 spectralFlux spectralCentroid spectralEntropy spectralVariance spectralSkewness
     spectralKurtosis spectralSlope psySharpness spectralHarmonicity`,
  ).map((name) => `pcm_fftMag_${name}`),
  ...indexed('mfcc', 1, 14),
];

const VOICE = plain('F0final voicingFinalUnclipped jitterLocal jitterDDP shimmerLocal logHNR');

const EXTREMES = 'range maxPos minPos';
const PERCENTILES = `quartile1 quartile2 quartile3 iqr1-2 iqr2-3 iqr1-3 percentile1.0 percentile99.0 pctlrange0-1`;
const MOMENTS = 'stddev skewness kurtosis';
const SEGMENTS = 'meanSegLen maxSegLen minSegLen segLenStddev';
const TIMES = 'upleveltime25 upleveltime50 upleveltime75 upleveltime90 risetime leftctime';
const PREDICTION = 'lpgain lpc0 lpc1 lpc2 lpc3 lpc4';
const REGRESSION = 'linregc1 linregc2 linregerrQ qregc1 qregc2 qregc3 qregerrQ centroid';
const PEAKS = `meanPeakDist peakDistStddev peakRangeAbs peakRangeRel peakMeanAbs peakMeanMeanDist peakMeanRel
  minRangeRel meanRisingSlope stddevRisingSlope meanFallingSlope stddevFallingSlope`;

const SHAPE = words([EXTREMES, PERCENTILES, MOMENTS, SEGMENTS, TIMES, PREDICTION].join(' '));
const VOICED = words(
  ['amean flatness posamean rqmean', EXTREMES, REGRESSION, PERCENTILES, MOMENTS, TIMES, PREDICTION].join(' '),
);
const RUNS = words(`nnz ${SEGMENTS}`);
const COURSE = words(['amean flatness rqmean', PEAKS, REGRESSION].join(' '));
const CHANGE = words(`flatness posamean rqmean ${PEAKS}`);

const smoothed = (lld: readonly string[]): string[] => lld.map((name) => name.replace('%', '_sma'));
const deltas = (lld: readonly string[]): string[] => lld.map((name) => name.replace('%', '_sma_de'));
const both = (lld: readonly string[]): string[] => [...smoothed(lld), ...deltas(lld)];

let names: readonly string[] | undefined;

/** The 6373 names; the same frozen list at every call. */
export function compareNames(): readonly string[] {
  if (names !== undefined) return names;
  const frames = [...ENERGY, ...SPECTRAL];
  const blocks: [contours: string[], functionals: string[]][] = [
    [both(ENERGY), SHAPE],
    [both(SPECTRAL), SHAPE],
    [both(VOICE), VOICED],
    [['F0final_sma_ff0'], RUNS],
    [smoothed(frames), COURSE],
    [deltas(frames), CHANGE],
  ];
  names = Object.freeze(
    blocks.flatMap(([contours, functionals]) =>
      contours.flatMap((contour) => functionals.map((functional) => `${contour}_${functional}`)),
    ),
  );
  return names;
}

export const COMPARE_WIDTH = 6373;
