/** What Chromium tells of the line; other browsers say nothing. */
interface Line {
  saveData?: boolean;
  effectiveType?: string;
}

function line(): Line {
  // `connection` is not in the standard library of types.
  return (navigator as Navigator & { connection?: Line }).connection ?? {};
}

/** The person asked for few bytes, or the line is too thin for pictures nobody asked for. */
export function savesData(): boolean {
  const { saveData = false, effectiveType = '' } = line();
  return saveData || effectiveType.endsWith('2g');
}
