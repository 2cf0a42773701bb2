/** Why single sign-on sent somebody back, by the code in the address; what else stands there is never shown. */
const WORDS: Readonly<Record<string, string>> = {
  signup_disabled: 'Nobody with your address works here, and people do not join by single sign-on alone.',
  unable_to_create_user: 'The provider has not verified your mail address, so nobody can join with it.',
  account_not_linked:
    'The provider has not verified your mail address, so it cannot be matched with the person of that address here.',
  email_not_found: 'The provider did not tell your mail address.',
  access_denied: 'The provider did not let you in, or you went back.',
  state_mismatch: 'This was begun in another browser, or too long ago.',
  please_restart_the_process: 'This was begun in another browser, or too long ago.',
};

const OTHERWISE = 'Single sign-on did not come to its end.';

/** The sentence of a code; null without one, and a general sentence for a code nobody knows. */
export function refusalWords(code: string | null): string | null {
  if (code === null || code === '') return null;
  return (Object.hasOwn(WORDS, code) ? WORDS[code] : undefined) ?? OTHERWISE;
}
