import {
  type Channel,
  channels,
  claimantKinds,
  claimKinds,
  claimLanguages,
} from '../../../server/contract/lists.js';
import type { ProblemError } from '../../api/problem.js';
import { useCodes } from '../../i18n/codes.js';
import { useText } from '../../i18n/language.js';
import { Checkbox, Select } from '../../parts/choice.js';
import { TextField } from '../../parts/field.js';
import { TopicSelect } from '../../parts/topics.js';
import { UnitField } from '../../parts/unit-search.js';
import type { ClaimFields, Wrong } from './claim-draft.js';
import { texts } from './texts.js';

export interface PartProps {
  fields: ClaimFields;
  onFields: (part: Partial<ClaimFields>) => void;
  wrong: readonly Wrong[];
  problem: ProblemError | null;
}

function labelled<V extends string>(values: readonly V[], labels: Readonly<Record<V, string>>) {
  return values.map((value) => ({ value, label: labels[value] }));
}

/** Now, as a `datetime-local` control wants it. */
function localNow(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export function WhereSeen({ fields, onFields, wrong, problem }: PartProps) {
  const t = useText(texts);
  const codes = useCodes();
  return (
    <div class="form-grid">
      <Select<Channel>
        label={t('channel')}
        name="appearances.0.channel"
        value={fields.channel}
        placeholder={codes.claimLanguage.und}
        options={labelled(channels, codes.channel)}
        onValue={(channel) => onFields({ channel })}
        problem={problem}
      />
      <TextField
        label={t('url')}
        name="appearances.0.url"
        type="url"
        inputMode="url"
        optional
        value={fields.url}
        onValue={(url) => onFields({ url })}
        problem={problem}
        {...(wrong.includes('url') ? { error: t('urlWrong') } : {})}
      />
    </div>
  );
}

export function LanguageField({
  fields,
  onFields,
  guessed,
  problem,
}: Omit<PartProps, 'wrong'> & { guessed: ClaimFields['language'] }) {
  const t = useText(texts);
  const codes = useCodes();
  return (
    <Select
      label={t('language')}
      name="language"
      value={fields.language || guessed}
      options={labelled(claimLanguages, codes.claimLanguage)}
      onValue={(language) => onFields({ language })}
      problem={problem}
    />
  );
}

export function TopicField({ fields, onFields, problem }: Omit<PartProps, 'wrong'>) {
  return <TopicSelect value={fields.topic} onValue={(topic) => onFields({ topic })} problem={problem} />;
}

export function MoreAboutClaim({ fields, onFields, wrong, problem }: PartProps) {
  const t = useText(texts);
  const codes = useCodes();
  const named = fields.claimantKind === 'person' || fields.claimantKind === 'organisation';
  return (
    <>
      <div class="form-grid">
        <Select
          label={t('kind')}
          name="kind"
          value={fields.kind}
          options={labelled(claimKinds, codes.claimKind)}
          onValue={(kind) => onFields({ kind })}
          problem={problem}
        />
        <Select
          label={t('claimantKind')}
          name="claimant.kind"
          value={fields.claimantKind}
          options={labelled(claimantKinds, codes.claimantKind)}
          onValue={(claimantKind) =>
            onFields(
              claimantKind === 'person' || claimantKind === 'organisation'
                ? { claimantKind }
                : { claimantKind, claimantName: '', claimantUrl: '' },
            )
          }
          problem={problem}
        />
        {named ? (
          <>
            <TextField
              label={t('claimantName')}
              name="claimant.name"
              hint={t('claimantNameHint')}
              maxLength={200}
              value={fields.claimantName}
              onValue={(claimantName) => onFields({ claimantName })}
              problem={problem}
            />
            <TextField
              label={t('claimantUrl')}
              name="claimant.url"
              type="url"
              inputMode="url"
              optional
              value={fields.claimantUrl}
              onValue={(claimantUrl) => onFields({ claimantUrl })}
              problem={problem}
              {...(wrong.includes('claimantUrl') ? { error: t('urlWrong') } : {})}
            />
          </>
        ) : null}
        <TextField
          label={t('seenAt')}
          name="appearances.0.seenAt"
          type="datetime-local"
          max={localNow()}
          optional
          value={fields.seenAt}
          onValue={(seenAt) => onFields({ seenAt })}
          problem={problem}
        />
        <UnitField
          label={t('seenIn')}
          name="appearances.0.unitId"
          value={fields.seenIn}
          onValue={(seenIn) => onFields({ seenIn })}
          quiet
          optional
        />
        <TextField
          label={t('reachField')}
          name="reachEstimate"
          inputMode="numeric"
          hint={t('reachHint')}
          optional
          value={fields.reach}
          onValue={(reach) => onFields({ reach })}
          problem={problem}
          {...(wrong.includes('reach') ? { error: t('reachWrong') } : {})}
        />
      </div>
      <Checkbox
        label={t('restrictedField')}
        checked={fields.restricted}
        onValue={(restricted) => onFields({ restricted })}
      />
    </>
  );
}
