import { useQueryClient } from '@tanstack/preact-query';
import { useEffect, useState } from 'preact/hooks';
import { refreshReads, useClient } from '../../api/queries.js';
import { createUploads, isUnderWay, type Upload, type Uploads } from './uploads.js';

/** One queue for as long as the studio is open. */
export function useUploads(): Uploads {
  const client = useClient();
  const queries = useQueryClient();
  const [uploads] = useState(() =>
    createUploads({ client, onSent: () => void refreshReads(queries, ['creatives.']) }),
  );
  useEffect(() => uploads.stop, [uploads]);
  return uploads;
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
export function useUploadItems(uploads: Uploads): readonly Upload[] {
  return useSnapshot(uploads, uploads.items);
}

/** Redraws only when the answer changes. */
export function useUploading(uploads: Uploads): boolean {
  return useSnapshot(uploads, () => uploads.items().some(isUnderWay));
}
