import type { ReactNode } from 'react';
import type { ArtefactView } from '@/lib/contracts/lineage';
import { Glyph, type GlyphProps } from './Glyph';

type ArtefactType = ArtefactView['type'];

const SHAPES: Record<ArtefactType, ReactNode> = {
  file: <path d="M3 1.2h5.4L11 3.8v9H3zM8.4 1.2v2.6H11" />,
  stream: (
    <>
      <path d="M1.4 1.4h5.4l5.8 5.8-5.4 5.4-5.8-5.8z" />
      <circle cx="4.4" cy="4.4" r="1" />
    </>
  ),
  destination: (
    <>
      <circle cx="7" cy="7" r="5.8" />
      <path d="M1.2 7h11.6M7 1.2c3.2 3.4 3.2 8.2 0 11.6M7 1.2c-3.2 3.4-3.2 8.2 0 11.6" />
    </>
  ),
  dns: (
    <>
      <circle cx="6" cy="6" r="4.4" />
      <path d="m9.3 9.3 3.5 3.5" />
    </>
  ),
  registry: (
    <>
      <circle cx="4.4" cy="9.6" r="3" />
      <path d="m6.6 7.4 6-6M10 4l2.2 2.2M8 6l1.6 1.6" />
    </>
  ),
};

export const ARTEFACT_WORD: Record<ArtefactType, string> = {
  file: 'file',
  stream: 'mark of the web',
  destination: 'destination',
  dns: 'DNS query',
  registry: 'registry value',
};

/** Something a process made or reached; in HTML, or inside another SVG with `x` and `y`. */
export function ArtefactGlyph({ kind, ...rest }: GlyphProps & { kind: ArtefactType }) {
  return <Glyph {...rest}>{SHAPES[kind]}</Glyph>;
}
