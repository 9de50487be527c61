import type { ComponentChildren } from 'preact';
import type { AuthenticityCode, VerdictCode } from '../../server/contract/lists.js';
import { useCodes } from '../i18n/codes.js';

const tick = 'M7.5 12.3l3.2 3.2 5.8-6.5';
const cross = 'M8.5 8.5l7 7M15.5 8.5l-7 7';

/** Told apart by outline and filling, so that they read without colour and in a photocopy. */
const verdictShapes: Readonly<Record<VerdictCode, ComponentChildren>> = {
  true: (
    <>
      <circle cx="12" cy="12" r="9" class="solid" />
      <path d={tick} class="cut" />
    </>
  ),
  mostly_true: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d={tick} />
    </>
  ),
  half_true: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 3.5a8.5 8.5 0 0 0 0 17z" class="solid" />
    </>
  ),
  misleading: (
    <>
      <path d="M12 3.5l9 16.5H3z" />
      <path d="M12 10v4.5M12 17v.2" />
    </>
  ),
  missing_context: (
    <>
      <path d="M8.5 4H4v16h4.5M15.5 4H20v16h-4.5" />
      <path d="M8.5 12h.1M12 12h.1M15.5 12h.1" class="dots" />
    </>
  ),
  false: (
    <>
      <rect x="3" y="3" width="18" height="18" rx="2.5" class="solid" />
      <path d={cross} class="cut" />
    </>
  ),
  unproven: (
    <>
      <circle cx="12" cy="12" r="8.5" class="dashed" />
      <path d="M9.5 10a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M12 16.8v.1" />
    </>
  ),
  not_a_claim: (
    <>
      <path d="M4 5h16v11h-8l-4.5 4v-4H4z" />
      <path d="M8.5 10.5h7" />
    </>
  ),
  satire: (
    <>
      <path d="M4 5c5 1.5 11 1.5 16 0v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9z" />
      <path d="M8 10h2M14 10h2M8.5 13.5c2 2.5 5 2.5 7 0" />
    </>
  ),
};

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
  return <Mark shape={verdictShapes[code]} word={useCodes().verdict[code]} size={size} />;
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
