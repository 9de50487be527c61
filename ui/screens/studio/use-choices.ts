import { useQueryClient } from '@tanstack/preact-query';
import type { Creative, CreativeEdit } from '../../../server/contract/creative.js';
import { keyOf, useAction } from '../../api/queries.js';
import { useToast } from '../../parts/toast.js';

/** Changes of what is drawn over a creative, each saved by itself. */
export function useChoices(creative: Creative) {
  const queries = useQueryClient();
  const toast = useToast();
  const edit = useAction('creatives.edit');
  const { id, version } = creative;
  return {
    pending: edit.pending,
    problem: edit.problem,
    save(body: CreativeEdit, told: string | null, onDone?: () => void) {
      edit.run({ params: { id }, body, ifMatch: version }, (saved) => {
        queries.setQueryData(keyOf('creatives.read', { params: { id } }), saved);
        if (told !== null) toast(told);
        onDone?.();
      });
    },
  };
}
