import react from '@vitejs/plugin-react';
import path from 'node:path';
import type { InlineConfig } from 'vite';

const web = import.meta.dirname;

/** How the console is built: for `/console`, from nothing but this folder and its packages. */
export const consoleBuild = (outDir: string): InlineConfig => ({
  configFile: false,
  root: web,
  base: '/console/',
  logLevel: 'warn',
  plugins: [react()],
  cacheDir: path.join(web, '..', 'node_modules', '.cache', 'console'),
  build: {
    outDir,
    emptyOutDir: true,
    target: ['chrome111', 'firefox121', 'safari16.4'],
    // Nothing stands inside the page: the policy of the console takes files of its own only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      input: { console: path.join(web, 'index.html'), preview: path.join(web, 'preview.html') },
    },
  },
});
