/**
 * Bundles as `shopify app build` (@shopify/cli 4.8.2) does: the same options give the same file, byte for byte,
 * on machines without the CLI. Compared by tests/unit/extensions/cli.test.ts where the CLI can run.
 */
import { build, type BuildOptions, type Metafile } from 'esbuild';
import type { Manifest } from './manifest.ts';

export interface BundleOptions {
  outfile: string;
  /** Replaces `process.env.APP_URL`, as the CLI does with what stands in the app's `.env`. */
  appUrl: string;
}

/** Writes the extension's script with its source map, and answers which files went into it. */
export const bundleExtension = (manifest: Manifest, options: BundleOptions): Promise<Metafile> =>
  bundle(entryOf(manifest), manifest.folder, options);

/** The same of a web pixel: its entry is what stands in its folder as src/index. */
export const bundlePixel = (folder: string, options: BundleOptions): Promise<Metafile> =>
  bundle(`import './src/index.ts';`, folder, options);

async function bundle(
  contents: string,
  folder: string,
  { outfile, appUrl }: BundleOptions,
): Promise<Metafile> {
  const result = await build({
    outfile,
    stdin: { contents, resolveDir: folder, loader: 'tsx' },
    bundle: true,
    define: {
      'process.env.NODE_ENV': JSON.stringify('production'),
      'process.env.APP_URL': JSON.stringify(appUrl),
    },
    jsx: 'automatic', // jsxImportSource comes from the extension's own tsconfig.json
    loader: { '.esnext': 'ts', '.js': 'jsx' },
    logLevel: 'error',
    legalComments: 'none',
    minify: true,
    target: 'es6',
    resolveExtensions: ['.tsx', '.ts', '.js', '.json', '.esnext', '.mjs', '.ejs'],
    sourcemap: true,
    sourceRoot: `${folder}/src`,
    metafile: true,
  });
  return result.metafile;
}

/** The script that the CLI makes of the targets: all of them in one file. */
function entryOf(manifest: Manifest): string {
  return manifest.targeting
    .map(
      ({ target, module }, i) =>
        `import Target_${i} from '${module}';shopify.extend('${target}', (...args) => Target_${i}(...args));`,
    )
    .join('\n');
}

/** Bundles one half of the host itself: `worker` (a classic script, for importScripts) or `host` (a module). */
export async function bundleHost(entry: string, outfile: string, format: 'iife' | 'esm'): Promise<Metafile> {
  const options: BuildOptions & { metafile: true } = {
    entryPoints: [entry],
    outfile,
    format,
    bundle: true,
    minify: true,
    sourcemap: true,
    legalComments: 'none',
    logLevel: 'error',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    metafile: true,
  };
  return (await build(options)).metafile;
}
