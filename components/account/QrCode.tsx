import { encode } from 'uqr';

/** Light squares around it, as readers expect. */
const MARGIN = 4;

/** A QR code, drawn. Dark on light in both themes: many readers take no other. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data } = encode(text, { border: 0 });
  const side = data.length + 2 * MARGIN;
  const squares = data
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + MARGIN} ${y + MARGIN}h1v1h-1z` : '')))
    .join('');
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${side} ${side}`}
      width="184"
      height="184"
      shapeRendering="crispEdges"
      className="keep-colour shrink-0 rounded-md border"
    >
      <rect width={side} height={side} fill="white" />
      <path d={squares} fill="black" />
    </svg>
  );
}
