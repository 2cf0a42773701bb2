/** One line of a table: a value for each column, in the table's order; several values of one cell apart by `; `. */
export type TableRow = Readonly<Record<string, string | number | boolean | null>>;
