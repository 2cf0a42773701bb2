/** Who works here: without sign-in there is one person, whom the server calls this. */
export const ME = 'local';

/** A person as a screen names them. */
export function personName(name: string): string {
  return name === ME ? 'you' : name;
}
