/** The image of a command line, quoted or not, and the rest. */
const IMAGE = /^\s*("[^"]*"|\S+)(\s+[\s\S]*)?$/;

/**
 * Shortens a command line to at most `max` characters by cutting its middle: the image's name and the last argument
 * stay, because they say what ran and on what. A path without arguments keeps its start and its file name.
 */
export function elideCommandLine(text: string, max: number): string {
  if (text.length <= max) return text;
  const [, image = text, rest = ''] = IMAGE.exec(text) ?? [];
  if (rest.trim() === '') return elidePath(text, max);
  const name = fileName(image.replaceAll('"', ''));
  const last = lastArgument(rest);
  const head = name.length < image.length ? `…\\${name}` : name;
  const room = max - head.length - 3;
  if (last.length > room)
    return `${clip(head, Math.ceil(max / 3))} … ${tail(last, max - Math.min(head.length, Math.ceil(max / 3)) - 3)}`;
  const before = rest.slice(0, rest.length - last.length).trim();
  const middle = before.slice(0, Math.max(0, room - last.length - 2)).trimEnd();
  return middle === '' ? `${head} … ${last}` : `${head} ${middle} … ${last}`;
}

/** Shortens a path or URL to at most `max` characters, keeping its start and its last part. */
export function elidePath(text: string, max: number): string {
  if (text.length <= max) return text;
  const name = fileName(text);
  if (name.length + 4 > max) return `…${tail(name, max - 1)}`;
  return `${text.slice(0, Math.max(0, max - name.length - 2))}…${text[text.length - name.length - 1] ?? ''}${name}`;
}

function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1);
}

/** The last argument with its quotes, which may hold spaces. */
function lastArgument(rest: string): string {
  return /("[^"]*"|\S+)\s*$/.exec(rest)?.[1] ?? '';
}

function clip(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1)}…`;
}

function tail(text: string, max: number): string {
  return text.length <= max ? text : `…${text.slice(text.length - Math.max(0, max - 1))}`;
}
