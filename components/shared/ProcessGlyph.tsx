import type { ReactNode } from 'react';
import type { ProcessClass } from '@/lib/contracts/scalars';
import { Glyph, type GlyphProps } from './Glyph';

/** What sort of program: drawn on a 14 × 14 grid in one line weight. */
const SHAPES: Record<ProcessClass, ReactNode> = {
  browser: (
    <>
      <rect x="1" y="2" width="12" height="10" rx="1.5" />
      <path d="M1 5h12M3 3.5h.01M5 3.5h.01" />
    </>
  ),
  office: (
    <>
      <path d="M3 1.2h5.6L11 3.6v9.2H3z" />
      <path d="M5 6h4M5 8.2h4M5 10.4h2.4" />
    </>
  ),
  pdf: (
    <>
      <path d="M3 1.2h5.6L11 3.6v9.2H3z" />
      <path d="M5.6 11V6.4h1.6a1.4 1.4 0 0 1 0 2.8H5.6" />
    </>
  ),
  mail: (
    <>
      <rect x="1" y="2.5" width="12" height="9" rx="1.5" />
      <path d="M1.3 3.6 7 8l5.7-4.4" />
    </>
  ),
  archiver: (
    <>
      <rect x="1.2" y="1.5" width="11.6" height="3.4" rx="1" />
      <path d="M2.2 5v7.3h9.6V5M7 6.4v1.2M7 8.8V10" />
    </>
  ),
  script_engine: <path d="M4.2 3.2 1 7l3.2 3.8M9.8 3.2 13 7l-3.2 3.8M8.2 2 5.8 12" />,
  lolbin: (
    <>
      <path d="M7 1.2 12.2 4v6L7 12.8 1.8 10V4z" />
      <path d="M7 4.3v3.4M7 9.7v.01" />
    </>
  ),
  shell: (
    <>
      <rect x="1" y="1.8" width="12" height="10.4" rx="1.5" />
      <path d="M3.4 5 6 7.2 3.4 9.4M7.2 9.6h3.6" />
    </>
  ),
  installer: <path d="M7 1.4v7.2M4 5.8l3 3 3-3M1.6 9.6v3h10.8v-3" />,
  system: (
    <>
      <rect x="3.2" y="3.2" width="7.6" height="7.6" rx="1" />
      <path d="M5.4 1v2.2M8.6 1v2.2M5.4 10.8V13M8.6 10.8V13M1 5.4h2.2M1 8.6h2.2M10.8 5.4H13M10.8 8.6H13" />
    </>
  ),
  other: <rect x="2" y="2" width="10" height="10" rx="2" />,
};

export const PROCESS_CLASS_WORD: Record<ProcessClass, string> = {
  browser: 'browser',
  office: 'office program',
  pdf: 'PDF reader',
  mail: 'mail program',
  archiver: 'archiver',
  script_engine: 'script engine',
  lolbin: 'system binary often abused',
  shell: 'shell',
  installer: 'installer',
  system: 'system process',
  other: 'program',
};

/** The class of a process as a mark; in HTML, or inside another SVG with `x` and `y`. */
export function ProcessGlyph({ kind, ...rest }: GlyphProps & { kind: ProcessClass }) {
  return <Glyph {...rest}>{SHAPES[kind]}</Glyph>;
}
