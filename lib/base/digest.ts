/**
 * SHA-256 of UTF-8 text as 64 lower-case hex digits. The core receives it as an argument: it computes
 * identities without depending on where it runs.
 */
export type Digest = (text: string) => string;
