/** One thing that was checked: whether it holds, and what it is, in a line. */
export type Check = { readonly ok: boolean; readonly text: string };
