/** One key of a screen and what it does. */
export interface Shortcut {
  /** As `KeyboardEvent.key`: `j`, `/`, `Enter`. */
  key: string;
  label: string;
  run: () => void;
}
