/**
 * A path of this server as a link for those outside, by SEQUELA_URL; null where nobody said how the server is reached.
 */
export function linkTo(path: string): string | null {
  const base = process.env.SEQUELA_URL?.trim() ?? '';
  if (base === '' || !URL.canParse(base)) return null;
  const { origin } = new URL(base);
  const link = new URL(path, origin);
  return link.origin === origin ? link.href : origin;
}
