import type { IconProps } from '@lucide/svelte';
import type { Component } from 'svelte';

/** A Lucide icon. Give it the class `icon` (16 px) or `icon sm` (14 px). */
export type IconType = Component<IconProps>;
