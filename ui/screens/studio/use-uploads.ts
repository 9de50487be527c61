import { useQueryClient } from '@tanstack/preact-query';
import { useEffect, useRef, useState } from 'preact/hooks';
import { refreshReads, useClient } from '../../api/queries.js';
import { useMe } from '../../api/session.js';
import { useLanguage } from '../../i18n/language.js';
import { createRecogniser, type Recogniser } from './recogniser.js';
import { createMemory, type Remembered } from './remembered.js';
import { createSender } from './send-file.js';
import { createUploads, isUnderWay, type Upload, type Uploads } from './uploads.js';

/** One queue for as long as the studio is open, and what tells files that are there already. */
export function useUploads(): { uploads: Uploads; recogniser: Recogniser } {
  const client = useClient();
  const queries = useQueryClient();
  const { member } = useMe();
  const { language } = useLanguage();
  const spoken = useRef(language);
  spoken.current = language;
  const [made] = useState(() => {
    const recogniser = createRecogniser({ client });
    const memory = createMemory(member.id);
    const send = createSender({ client, recogniser, memory, language: () => spoken.current });
    const onSent = () => void refreshReads(queries, ['creatives.']);
    return { recogniser, uploads: createUploads({ client, send, recogniser, memory, onSent }) };
  });
  useEffect(
    () => () => {
      made.uploads.stop();
      made.recogniser.stop();
    },
    [made],
  );
  return made;
}

function useSnapshot<T>(uploads: Uploads, read: () => T): T {
  const [value, setValue] = useState(read);
  useEffect(() => {
    const look = () => setValue(read());
    look();
    return uploads.subscribe(look);
    // `read` only reads from `uploads`.
  }, [uploads]);
  return value;
}

/** Redraws with every step of progress: for the list of uploads alone. */
export function useUploadItems(uploads: Uploads): {
  items: readonly Upload[];
  interrupted: readonly Remembered[];
} {
  return useSnapshot(uploads, () => ({ items: uploads.items(), interrupted: uploads.interrupted() }));
}

/** Redraws only when the answer changes. */
export function useUploading(uploads: Uploads): boolean {
  return useSnapshot(uploads, () => uploads.items().some(isUnderWay));
}
