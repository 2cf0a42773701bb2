/** Tokens a drawing outside the document's styles needs, on a canvas or in a file. */
export const TOKENS = [
  'surface-0',
  'surface-1',
  'surface-2',
  'surface-3',
  'line',
  'line-strong',
  'text-1',
  'text-2',
  'text-3',
  'accent',
  'accent-soft',
  'matched',
  'warning',
  'sev-high',
  'lane-1',
  'lane-2',
  'lane-3',
  'lane-4',
  'lane-5',
  'lane-6',
  'lane-7',
  'lane-8',
] as const;

export type ThemeColours = Readonly<Record<(typeof TOKENS)[number], string>>;

/** The tokens as they are in the present theme, as `#rrggbb`: what every program that opens a file understands. */
export function themeColours(): ThemeColours {
  const probe = document.createElement('span');
  probe.style.display = 'none';
  document.body.append(probe);
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const entries = TOKENS.map((token) => {
    probe.style.color = `var(--${token})`;
    return [token, toHex(context, getComputedStyle(probe).color)] as const;
  });
  probe.remove();
  return Object.fromEntries(entries) as ThemeColours;
}

function toHex(context: CanvasRenderingContext2D | null, colour: string): string {
  if (context === null) return '#808080';
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** Calls back whenever the theme may have changed: the reader's choice, or the system's. Answers how to stop that. */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['data-theme', 'class', 'style'],
  });
  const scheme = window.matchMedia('(prefers-color-scheme: dark)');
  scheme.addEventListener('change', listener);
  return () => {
    observer.disconnect();
    scheme.removeEventListener('change', listener);
  };
}
