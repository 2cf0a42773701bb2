/** Two discs and a ring, joined: a stage strip with the last stage still open. */
export function Wordmark() {
  return (
    <span className="flex items-center gap-2 text-15 font-semibold tracking-tight">
      <svg width="30" height="12" viewBox="0 0 30 12" aria-hidden="true">
        <path d="M5 6h16" stroke="currentColor" strokeWidth="1.2" />
        <circle cx="5" cy="6" r="4" fill="currentColor" />
        <circle cx="15" cy="6" r="4" fill="currentColor" />
        <circle cx="25" cy="6" r="3.4" fill="none" stroke="currentColor" strokeWidth="1.3" />
      </svg>
      <span className="max-sm:sr-only">Sequela</span>
    </span>
  );
}
