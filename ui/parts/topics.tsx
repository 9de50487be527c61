import type { ProblemError } from '../api/problem.js';
import { useRead } from '../api/queries.js';
import { common } from '../i18n/common.js';
import { nameIn, useLanguage, useText } from '../i18n/language.js';
import { Select } from './choice.js';

export interface TopicName {
  code: string;
  label: string;
}

/** The organisation's topics in the language on screen; read once, they seldom change. */
export function useTopics(): readonly TopicName[] {
  const { language } = useLanguage();
  const { data } = useRead('topics.list', {}, { staleTime: Number.POSITIVE_INFINITY });
  return (data?.items ?? []).map(({ code, name }) => ({ code, label: nameIn(name, language) }));
}

/** One topic, or none: an empty value. */
export function TopicSelect(props: {
  value: string;
  onValue: (code: string) => void;
  disabled?: boolean;
  problem?: ProblemError | null;
}) {
  const t = useText(common);
  const options = useTopics().map(({ code, label }) => ({ value: code, label }));
  return (
    <Select
      label={t('topic')}
      name="topic"
      optional
      value={props.value}
      options={[{ value: '', label: t('noTopic') }, ...options]}
      onValue={props.onValue}
      {...(props.disabled ? { disabled: true } : {})}
      {...(props.problem === undefined ? {} : { problem: props.problem })}
    />
  );
}
