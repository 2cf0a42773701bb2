import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./globals.css', import.meta.url), 'utf8');

type Lch = readonly [number, number, number];
type Theme = 'light' | 'dark';

const COLOUR = /--([\w-]+):\s*light-dark\(oklch\(([^)]+)\),\s*oklch\(([^)]+)\)\)/g;

/** Token → its OKLCH triple in each theme, read from the stylesheet itself. */
const tokens = new Map<string, Record<Theme, Lch>>(
  [...css.matchAll(COLOUR)].map(([, name = '', light = '', dark = '']) => [
    name,
    { light: triple(light), dark: triple(dark) },
  ]),
);

const BACKGROUNDS = ['surface-0', 'surface-1', 'surface-2', 'surface-3', 'accent-soft'];
const TEXT = [
  'text-1',
  'text-2',
  'text-3',
  'accent',
  'blind',
  'danger',
  'warning',
  'success',
  'sev-critical',
  'sev-high',
  'sev-medium',
  'sev-low',
  'sev-info',
];
const MARKS = [
  'matched',
  'absent',
  'blind',
  'accent',
  ...Array.from({ length: 8 }, (_, i) => `lane-${i + 1}`),
];

describe.each<Theme>(['light', 'dark'])('tokens in the %s theme', (theme) => {
  it.each(TEXT)('%s reads as text on every surface', (name) => {
    for (const ground of BACKGROUNDS) {
      expect(contrast(name, ground, theme), `${name} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(MARKS)('%s is visible as a mark on every surface', (name) => {
    for (const ground of BACKGROUNDS) {
      expect(contrast(name, ground, theme), `${name} on ${ground}`).toBeGreaterThanOrEqual(3);
    }
  });

  it('outlines controls visibly on the surfaces they stand on', () => {
    for (const ground of ['surface-0', 'surface-1', 'surface-2']) {
      expect(contrast('line-strong', ground, theme), ground).toBeGreaterThanOrEqual(3);
    }
  });

  it('keeps text legible when it is selected', () => {
    expect(contrast('surface-0', 'accent', theme)).toBeGreaterThanOrEqual(4.5);
  });
});

function triple(text: string): Lch {
  const [l = '', c = '', h = ''] = text.trim().split(/\s+/);
  return [Number.parseFloat(l) / 100, Number.parseFloat(c), Number.parseFloat(h)];
}

/** WCAG 2 contrast ratio of two tokens. */
function contrast(a: string, b: string, theme: Theme): number {
  const [x, y] = [luminance(a, theme), luminance(b, theme)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** Relative luminance, by way of OKLab (bottosson.github.io/posts/oklab) clipped to sRGB. */
function luminance(name: string, theme: Theme): number {
  const lch = tokens.get(name)?.[theme];
  if (!lch) throw new Error(`no token --${name}`);
  const [L, c, hue] = lch;
  const h = (hue * Math.PI) / 180;
  const [a, b] = [c * Math.cos(h), c * Math.sin(h)];
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (x: number) => Math.min(1, Math.max(0, x));
  const red = clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
