/**
 * Where workers and helpers lie. From source each is a TypeScript file that Node 24 runs as it is; the build makes
 * each an input of its own, flat beside the main bundle. No other module makes such a path.
 */
export const bundleSources = {
  'storage-writer': 'storage/writer-worker.ts',
  'storage-reader': 'storage/reader-worker.ts',
  'storage-copy': 'storage/copy-worker.ts',
  'storage-export': 'storage/export-worker.ts',
  'ngrok-helper': 'tunnel/ngrok-helper.ts',
  'selection-helper': 'selection/selection-helper.ts',
} as const;

export type BundleName = keyof typeof bundleSources;

/** The file to start as a worker or a process of its own. */
export function bundleUrl(name: BundleName): URL {
  const fromSource = import.meta.url.endsWith('.ts');
  return new URL(fromSource ? bundleSources[name] : `${name}.js`, import.meta.url);
}
