'use client';

import { createPreference } from './preference';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** Light, dark, or what the system says; public/preferences.js applies it before the first paint. */
export const themePreference = createPreference<Theme>('theme', THEMES, 'system', (theme) => {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
});
