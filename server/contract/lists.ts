/**
 * Every closed list, once. Schemas, database checks and the interface are built from these; a test
 * compares the database's own checks with them. This file imports nothing.
 */

/** Languages of the interface and of texts written by the desk. Hindi is the source language. */
export const languages = ['hi', 'en'] as const;
export type Language = (typeof languages)[number];

/** Languages (and scripts) a claim may be in, BCP 47. */
export const claimLanguages = [
  'hi',
  'hi-Latn',
  'en',
  'mr',
  'pa',
  'gu',
  'bn',
  'ta',
  'te',
  'kn',
  'ml',
  'or',
  'as',
  'ur',
  'raj',
  'und',
] as const;
export type ClaimLanguage = (typeof claimLanguages)[number];

export const organisationProfiles = ['party', 'ngo', 'government'] as const;
export type OrganisationProfile = (typeof organisationProfiles)[number];

export const roles = ['researcher', 'designer', 'reviewer', 'district', 'observer', 'admin'] as const;
export type Role = (typeof roles)[number];

export const claimKinds = ['other', 'own', 'quote', 'scheme_figure'] as const;
export type ClaimKind = (typeof claimKinds)[number];

export const claimantKinds = ['person', 'organisation', 'anonymous', 'unknown'] as const;
export type ClaimantKind = (typeof claimantKinds)[number];

/** Where a claim was seen. */
export const channels = [
  'whatsapp',
  'facebook',
  'instagram',
  'x',
  'youtube',
  'telegram',
  'sharechat',
  'tv',
  'print',
  'web',
  'speech',
  'other',
] as const;
export type Channel = (typeof channels)[number];

export const claimStates = [
  'new',
  'triaged',
  'checking',
  'answered',
  'not_checkable',
  'no_answer_needed',
] as const;
export type ClaimState = (typeof claimStates)[number];

export const checkStates = ['draft', 'in_review', 'verified', 'corrected', 'void'] as const;
export type CheckState = (typeof checkStates)[number];

export const packStates = [
  'draft',
  'in_review',
  'approved',
  'released',
  'superseded',
  'recalled',
  'expired',
] as const;
export type PackState = (typeof packStates)[number];

export const renditionStates = ['queued', 'processing', 'ready', 'failed'] as const;
export type RenditionState = (typeof renditionStates)[number];

/** What became of an uploaded file's inspection (real decoding, after the upload was accepted). */
export const inspectionStates = ['queued', 'processing', 'ready', 'failed'] as const;
export type InspectionState = (typeof inspectionStates)[number];

/** Whether the fingerprints of a file are there, by which other copies of it are found. */
export const printStates = ['queued', 'ready', 'failed'] as const;
export type PrintState = (typeof printStates)[number];

/** In what way two media are alike, from the surest down. */
export const mediaLikenesses = [
  'same_file',
  'same_picture',
  'part_of_picture',
  'mirrored_picture',
  'same_film',
  'film_other_sound',
  'same_sound',
  'part_of_sound',
  'picture_from_film',
  'changed_picture',
  'same_layout',
] as const;
export type MediaLikeness = (typeof mediaLikenesses)[number];

export const jobStates = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
export type JobState = (typeof jobStates)[number];

/** Axis 1, what is true of the claim. Order is the order shown. */
export const verdictCodes = [
  'true',
  'mostly_true',
  'half_true',
  'misleading',
  'missing_context',
  'false',
  'unproven',
  'not_a_claim',
  'satire',
] as const;
export type VerdictCode = (typeof verdictCodes)[number];

/** Axis 2, what is true of the media that carried it. */
export const authenticityCodes = [
  'original',
  'old_or_other_event',
  'cropped',
  'manipulated',
  'ai_generated',
  'inconclusive',
] as const;
export type AuthenticityCode = (typeof authenticityCodes)[number];

export const sourceTiers = ['primary', 'official', 'press', 'social'] as const;
export type SourceTier = (typeof sourceTiers)[number];

export const stances = ['supports', 'refutes', 'context'] as const;
export type Stance = (typeof stances)[number];

export const mediaKinds = ['image', 'video', 'audio', 'document'] as const;
export type MediaKind = (typeof mediaKinds)[number];

export const creativeOrigins = ['uploaded', 'generated'] as const;
export type CreativeOrigin = (typeof creativeOrigins)[number];

export const aiDeclarations = ['none', 'enhanced', 'composite', 'generated'] as const;
export type AiDeclaration = (typeof aiDeclarations)[number];

/** How a picture came to be, in the words of the IPTC's list of digital source types; what a file says of itself. */
export const digitalSources = [
  'digitalCreation',
  'algorithmicallyEnhanced',
  'compositeWithTrainedAlgorithmicMedia',
  'trainedAlgorithmicMedia',
] as const;
export type DigitalSource = (typeof digitalSources)[number];

/** How a source is brought into a format's frame. */
export const framings = ['crop', 'fit', 'blur'] as const;
export type Framing = (typeof framings)[number];

/** How a card made from a fact is laid out. */
export const cardTemplates = ['plain', 'photo', 'quote'] as const;
export type CardTemplate = (typeof cardTemplates)[number];

/** Where a caption can stand beside a file. */
export const captionPlatforms = ['whatsapp', 'facebook', 'instagram', 'x', 'youtube'] as const;
export type CaptionPlatform = (typeof captionPlatforms)[number];

/** Where a format's file goes: also to a press, and to a machine that calls people. */
export const platforms = [...captionPlatforms, 'print', 'dialler'] as const;
export type Platform = (typeof platforms)[number];

/** Why the next version of a released pack exists. */
export const packChangeKinds = ['correct', 'update'] as const;
export type PackChangeKind = (typeof packChangeKinds)[number];

export const receiptMarks = ['seen', 'downloaded', 'handed_over', 'recall_acknowledged'] as const;
export type ReceiptMark = (typeof receiptMarks)[number];

export const eventKinds = ['election', 'by_election', 'campaign'] as const;
export type EventKind = (typeof eventKinds)[number];

export const clusterActs = ['created', 'joined', 'left', 'undone'] as const;
export type ClusterAct = (typeof clusterActs)[number];

/** How a claim came into a cluster: by a person's own judgement, an offered match, or the same file. */
export const clusterMethods = ['person', 'match', 'file'] as const;
export type ClusterMethod = (typeof clusterMethods)[number];

/** Queues by what the work is heavy on. */
export const lanes = ['image', 'audio', 'video', 'small'] as const;
export type Lane = (typeof lanes)[number];

export const liveTopics = [
  'claim',
  'check',
  'creative',
  'rendition',
  'job',
  'pack',
  'release',
  'recall',
  'member',
] as const;
export type LiveTopic = (typeof liveTopics)[number];

/** Why a file or a rendition failed, in words a person can act on (see `failures.ts`). */
export const failureCodes = [
  'type_not_allowed',
  'type_mismatch',
  'empty_file',
  'damaged',
  'heic_not_supported',
  'svg_not_allowed',
  'playlist_not_allowed',
  'too_many_pixels',
  'too_many_frames',
  'too_long',
  'too_short',
  'too_many_streams',
  'no_video_stream',
  'no_audio_stream',
  'duration_mismatch',
  'does_not_fit_bytes',
  'too_small',
  'wrong_kind_for_format',
  'text_does_not_fit',
  'text_not_drawable',
  'subtitles_not_readable',
  'subtitles_not_supported',
  'codec_not_allowed',
  'memory_limit',
  'time_limit',
  'stalled',
  'disk_full',
  'output_not_valid',
  'gave_up_after_crashes',
  'cancelled',
  'internal',
] as const;
export type FailureCode = (typeof failureCodes)[number];
