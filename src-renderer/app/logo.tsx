/** The sign of Flowdial: one call that parts into a flow. */
export function Logo() {
  return (
    <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden>
      <rect width="22" height="22" rx="6" fill="var(--brand)" />
      <path
        d="M5 11h4c2.5 0 2.5-3.5 5-3.5h2.5M9 11c2.5 0 2.5 3.5 5 3.5h2.5"
        fill="none"
        stroke="var(--on-brand)"
        strokeWidth="1.8"
        strokeLinecap="round"
      />
    </svg>
  );
}
