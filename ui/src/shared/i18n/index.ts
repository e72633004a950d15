export * from './i18n.svelte';
export * from './errors';
export * as format from './formats';
export { now } from './now.svelte';
