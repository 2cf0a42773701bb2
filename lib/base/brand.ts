/** Marks a primitive with the meaning of its unit or origin, so that values of different meaning do not mix. */
export type Brand<Value, Name extends string> = Value & { readonly __brand: Name };
