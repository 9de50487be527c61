/** The headline every Devanagari word hangs from, and a tick hanging from it. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg class="logo" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" class="logo-ground" />
      <path d="M6 9h20M10 17l4.5 5L22 9" class="logo-line" />
    </svg>
  );
}
