import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { bundleSources } from './src-main/bundles.ts';

const at = (file: string) => path.join(import.meta.dirname, file);

/** Natives stay outside the bundles (nothing else is installed with the program); so does what Electron and Node bring. */
const natives = ['@napi-rs/keyring', '@ngrok/ngrok', 'selection-hook'];
const external = [...natives, 'electron', /^electron\//, /^node:/, ...builtinModules];
const server = {
  consumer: 'server' as const,
  resolve: { noExternal: true as const, external: [...natives, 'electron'] },
};

/** Lays the tray's pictures beside the main bundle, where shells/electron/tray.ts looks for them. */
const trayIcons: Plugin = {
  name: 'tray-icons',
  applyToEnvironment: ({ name }) => name === 'main',
  generateBundle() {
    const folder = at('src-main/shells/electron/tray');
    for (const file of readdirSync(folder)) {
      this.emitFile({
        type: 'asset',
        fileName: `tray/${file}`,
        source: readFileSync(path.join(folder, file)),
      });
    }
  },
};

/** Four targets in one build: the page, both shells with their workers and helpers, and Electron's preload. */
export default defineConfig({
  root: at('src-renderer'),
  base: './',
  plugins: [react(), trayIcons],
  html: { cspNonce: '__CSP_NONCE__' },
  builder: {},
  environments: {
    client: { build: { outDir: at('dist/renderer'), emptyOutDir: true, target: 'chrome146' } },
    main: {
      ...server,
      build: {
        outDir: at('dist/main'),
        emptyOutDir: true,
        target: 'node24',
        ssr: true,
        rolldownOptions: {
          input: {
            electron: at('src-main/shells/electron/main.ts'),
            browser: at('src-main/shells/browser/main.ts'),
            ...Object.fromEntries(
              Object.entries(bundleSources).map(([name, source]) => [name, at(`src-main/${source}`)]),
            ),
          },
          external,
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
        },
      },
    },
    preload: {
      ...server,
      build: {
        outDir: at('dist/preload'),
        emptyOutDir: true,
        target: 'node24',
        ssr: true,
        rolldownOptions: {
          input: { preload: at('src-main/shells/electron/preload.ts') },
          external,
          output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
        },
      },
    },
  },
});
