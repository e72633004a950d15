import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import typescript from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** Imports that go against the one direction: shared ← features ← app, and only platform knows the host. */
const forbid = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });
const noTauri = {
  group: ['@tauri-apps/*'],
  message: 'Only src/platform knows the host. Use the port of $platform.',
};
const noApp = { group: ['**/app/**', '../app/*', '$app/*'], message: 'The way is shared ← features ← app.' };
const noFeatures = { group: ['$features/*', '**/features/**'], message: 'Shared parts know no feature.' };

export default typescript.config(
  { ignores: ['dist', 'node_modules', 'src/wire'] },
  js.configs.recommended,
  ...typescript.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      'no-undef': 'off',
      eqeqeq: 'error',
      'svelte/no-at-html-tags': 'error',
      'svelte/no-navigation-without-resolve': 'off',
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: typescript.parser, svelteConfig } },
  },
  { files: ['src/shared/**'], rules: forbid(noTauri, noApp, noFeatures) },
  { files: ['src/features/**'], rules: forbid(noTauri, noApp) },
  { files: ['src/app/**', 'src/*.ts'], rules: forbid(noTauri) },
);
