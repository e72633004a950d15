import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const here = (path: string): string => resolve(import.meta.dirname, path);

export default defineConfig({
  plugins: [svelte(), svelteTesting()],
  // Addresses in the built page are relative: the same files are served by the desktop shell and the server.
  base: './',
  resolve: {
    alias: {
      $shared: here('src/shared'),
      $platform: here('src/platform'),
      $features: here('src/features'),
      $wire: here('src/wire'),
      $locales: here('locales'),
    },
  },
  clearScreen: false,
  server: { port: 5173, strictPort: true },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: ['es2022', 'safari16', 'chrome110'],
    // The page's content security policy allows no data: fonts or inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.ts'],
    setupFiles: ['src/shared/testing/setup.ts'],
    restoreMocks: true,
    // Two busy cores are slower than a person's machine; a test that waits this long has failed all the same.
    testTimeout: 30_000,
  },
});
