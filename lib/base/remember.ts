/**
 * The same function, which remembers its answers for texts it has seen. For pure functions of a text that comes again
 * and again; at most `limit` answers are kept, so that a hostile file cannot fill memory.
 */
export function remember<Answer>(answer: (text: string) => Answer, limit = 20_000): (text: string) => Answer {
  const known = new Map<string, Answer>();
  return (text) => {
    const remembered = known.get(text);
    if (remembered !== undefined || known.has(text)) return remembered as Answer;
    if (known.size >= limit) known.clear();
    const found = answer(text);
    known.set(text, found);
    return found;
  };
}
