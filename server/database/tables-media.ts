import type { ColumnType, Generated } from 'kysely';
import type {
  AiDeclaration,
  CardTemplate,
  CreativeOrigin,
  FailureCode,
  Framing,
  InspectionState,
  Language,
  MediaKind,
  Platform,
  RenditionState,
} from '../contract/lists.js';

/** Creatives, formats, renditions. */

export interface CreativesTable {
  id: Generated<string>;
  ownerUnitId: string;
  kind: MediaKind;
  origin: Generated<CreativeOrigin>;
  fileSha256: string;
  originalName: string;
  checkVersionId: string | null;
  supersedesId: string | null;
  rights: Generated<string>;
  credit: Generated<string>;
  aiDeclaration: Generated<AiDeclaration>;
  aiTool: string | null;
  focalX: Generated<number>;
  focalY: Generated<number>;
  focalConfirmed: Generated<boolean>;
  inspection: Generated<InspectionState>;
  failure: FailureCode | null;
  failureDetails: ColumnType<unknown, string | null | undefined, string | null>;
  width: number | null;
  height: number | null;
  durationMs: number | null;
  hasAudio: boolean | null;
  previewSha256: string | null;
  c2paPresent: boolean | null;
  label: Generated<boolean>;
  stampVersionId: string | null;
  imprint: ColumnType<unknown, string | null | undefined, string | null>;
  createdBy: string;
  createdAt: Generated<string>;
  version: Generated<number>;
}

export interface CreativeFramingsTable {
  creativeId: string;
  format: string;
  framing: Framing;
  crop: ColumnType<unknown, string | null, string | null>;
  background: string;
}

export interface CreativeSubtitlesTable {
  creativeId: string;
  language: Language;
  fileSha256: string;
  originalName: string;
  cues: number;
  createdBy: string;
  createdAt: Generated<string>;
}

export interface CreativeTextsTable {
  creativeId: string;
  language: Language;
  title: Generated<string>;
  altText: Generated<string>;
}

export interface CardsTable {
  creativeId: string;
  template: CardTemplate;
  language: Language;
  imageCreativeId: string | null;
  leadsTo: string;
}

export interface CardPreviewsTable {
  creativeId: string;
  frame: string;
  fileSha256: string | null;
  failure: FailureCode | null;
  failureDetails: ColumnType<unknown, string | null | undefined, string | null>;
  madeBy: Generated<string>;
  createdAt: Generated<string>;
}

export interface FormatsTable {
  code: string;
  platform: Platform;
  kind: MediaKind;
  rank: number;
}

export interface FormatTextsTable {
  format: string;
  language: Language;
  name: string;
}

export interface FormatVersionsTable {
  id: Generated<string>;
  format: string;
  number: number;
  spec: ColumnType<unknown, string, string>;
  active: Generated<boolean>;
  createdAt: Generated<string>;
}

export interface RenditionsTable {
  id: Generated<string>;
  creativeId: string;
  formatVersionId: string;
  recipe: ColumnType<unknown, string, string>;
  recipeKey: string;
  fileKey: string | null;
  language: Language | null;
  state: Generated<RenditionState>;
  failure: FailureCode | null;
  failureDetails: ColumnType<unknown, string | null | undefined, string | null>;
  fileSha256: string | null;
  width: number | null;
  height: number | null;
  durationMs: number | null;
  probe: ColumnType<unknown, string | null | undefined, string | null>;
  jobId: string | null;
  createdBy: string;
  createdAt: Generated<string>;
  finishedAt: string | null;
}
