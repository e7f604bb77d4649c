/**
 * The documents and the reference as one site, by TypeDoc.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Application, Converter, PageEvent, RendererEvent } from 'typedoc';
import { sourceOf } from './entries.mjs';
import { at } from './root.mjs';

/** In the order of the navigation; what a reader needs first comes first. */
const DOCUMENTS = [
  'guide',
  'concepts',
  'limits',
  'cli',
  'api',
  'corpora',
  'audio',
  'formats',
  'experiments',
  'reports',
  'demo',
  'method',
  'compared-methods',
  'recogniser',
  'accuracy',
  'comparison',
  'benchmarks',
  'architecture',
  'decisions',
];

const { exports } = JSON.parse(readFileSync(at('package.json'), 'utf8'));

/** The name that TypeDoc gives to a source: `entries/io` for js/entries/io.ts, `entries` for js/entries/index.ts. */
const moduleOf = (source) => source.replace(/^js\/|(\/index)?\.ts$/g, '');

/** Sources of the entries, and how each is imported, by the name of their module. */
const entries = new Map();
for (const [entry, { types }] of Object.entries(exports)) {
  if (types === undefined) continue;
  const path = sourceOf(types.replace('./dist/types/', '').replace('.d.ts', ''));
  const name = moduleOf(path);
  if (!entries.has(name)) entries.set(name, { path, entry: entry.replace('.', 'satnmf') });
}

const titleOf = (markdown) => /^# +(.*)$/m.exec(markdown)?.[1];

/** Builds the site in `folder`. */
export async function site(folder) {
  const app = await Application.bootstrap({
    name: 'satnmf',
    entryPoints: [...entries.values()].map(({ path }) => at(path)),
    tsconfig: at('tsconfig.json'),
    readme: at('README.md'),
    projectDocuments: DOCUMENTS.map((name) => at(`docs/${name}.md`)),
    out: folder,
    excludeInternal: true,
    excludePrivate: true,
    disableSources: true,
    sortEntryPoints: false,
    searchInComments: true,
    searchInDocuments: true,
    visibilityFilters: {},
    hideGenerator: true,
    favicon: at('docs/figures/icon.svg'),
    customCss: at('scripts/site.css'),
    highlightLanguages: ['bash', 'javascript', 'typescript', 'json'],
    markdownItLoader: plainUnlessSaid,
    navigation: { includeCategories: false, includeGroups: false, includeFolders: false },
    treatWarningsAsErrors: true,
  });
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of project.children ?? []) module.name = entries.get(module.name)?.entry ?? module.name;
    for (const document of project.documents ?? []) {
      const [first] = document.content;
      document.name = titleOf(first.text) ?? document.name;
    }
  });
  withoutInline(app, folder);
  const project = await app.convert();
  if (project === undefined) throw new Error('The reference could not be made.');
  await app.generateOutputs(project);
  if (app.logger.hasErrors() || app.logger.hasWarnings()) throw new Error('The site has faults; see above.');
}

/** Blocks that name no language are equations, tables and diagrams; TypeDoc would colour them as TypeScript. */
function plainUnlessSaid(parser) {
  const { highlight } = parser.options;
  parser.set({
    highlight: (code, language, more) => (language === '' ? '' : highlight(code, language, more)),
  });
}

/**
 * A policy of `default-src 'self'` shall let pages through: what TypeDoc writes into each as a script becomes a file, and
 * alignments of cells become classes. What is left is one empty style element that its own script adds for filters, which
 * are switched off: browsers refuse it with a message, and nothing is lost.
 */
function withoutInline(app, folder) {
  let start = '';
  app.renderer.on(PageEvent.END, (page) => {
    const up = '../'.repeat(page.url.split('/').length - 1);
    page.contents = page.contents
      .replace(/<script>([\s\S]*?)<\/script>/g, (_, code) => {
        start = code;
        return `<script src="${up}assets/start.js"></script>`;
      })
      .replaceAll(' style="text-align:right"', ' class="right"')
      // Folders of the repository, which the site does not have.
      .replace(/<a href="(?:\.\.\/)*media\/[^".]+"[^>]*>(.*?)<\/a>/g, '$1');
  });
  app.renderer.on(RendererEvent.END, () => writeFileSync(join(folder, 'assets/start.js'), start));
}
