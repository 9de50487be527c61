import type { ComponentChildren } from 'preact';
import type { AuthenticityCode, VerdictCode } from '../../server/contract/lists.js';
import { verdictShapes } from '../../server/contract/verdict-shapes.js';
import { useCodes } from '../i18n/codes.js';

const authenticityShapes: Readonly<Record<AuthenticityCode, ComponentChildren>> = {
  original: (
    <>
      <path d="M4 5h16v14H4z" />
      <path d="M8.5 12.3l2.5 2.5 4.5-5" />
    </>
  ),
  old_or_other_event: (
    <>
      <path d="M5 8a8 8 0 1 1-1 4M4 4v4.5h4.5" />
      <path d="M12 8v4.5l3 2" />
    </>
  ),
  cropped: <path d="M7 3v14h14M3 7h14v14" />,
  manipulated: (
    <>
      <path d="M4 5h16v14H4z" />
      <path d="M4 15l6-4 3 3 7-6M13 5l-2 4 3 2-2 4 2 4" />
    </>
  ),
  ai_generated: (
    <>
      <path d="M11 4l1.8 5.2L18 11l-5.2 1.8L11 18l-1.8-5.2L4 11l5.2-1.8z" />
      <path d="M18.5 15.5v5M16 18h5" />
    </>
  ),
  inconclusive: (
    <>
      <path d="M4 5h16v14H4z" class="dashed" />
      <path d="M10 10a2 2 0 1 1 2.8 1.9c-.6.3-.8.6-.8 1.3M12 15.8v.1" />
    </>
  ),
};

function Mark({ shape, word, size }: { shape: ComponentChildren; word: string; size: 'small' | 'large' }) {
  return (
    <span class={`mark mark-${size}`}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        {shape}
      </svg>
      <span>{word}</span>
    </span>
  );
}

/** The verdict on a claim: its shape and its word, in ink. */
export function VerdictMark({ code, size = 'small' }: { code: VerdictCode; size?: 'small' | 'large' }) {
  const shape = verdictShapes[code].map(({ d, look }) => <path key={d} d={d} class={look} />);
  return <Mark shape={shape} word={useCodes().verdict[code]} size={size} />;
}

/** What is true of the media: a lighter mark, so that it is not taken for the verdict. */
export function AuthenticityMark({
  code,
  size = 'small',
}: {
  code: AuthenticityCode;
  size?: 'small' | 'large';
}) {
  return (
    <span class="authenticity">
      <Mark shape={authenticityShapes[code]} word={useCodes().authenticity[code]} size={size} />
    </span>
  );
}
