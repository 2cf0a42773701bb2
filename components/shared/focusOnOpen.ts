/** For the heading of a pane that was just opened: whoever opened it goes on in it. The heading needs `tabIndex={-1}`. */
export function focusOnOpen(heading: HTMLElement | null): void {
  heading?.focus({ preventScroll: true });
}
