/** Placeholder until the definition language lands in this file. */
export type Analytic = { readonly id: string; readonly title: string; readonly version: string };

/** Reads and validates one definition; errors name the file and line. */
export function parseAnalytic(_text: string, _file: string): Analytic {
  throw new Error('not built yet');
}
