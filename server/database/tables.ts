import type {
  AnswersSeenTable,
  CheckContributorsTable,
  CheckEvidenceTable,
  ChecksTable,
  CheckTextsTable,
  CheckVersionsTable,
  ClaimAppearancesTable,
  ClaimMediaTable,
  ClaimsTable,
  ClusterActsTable,
  ClustersTable,
  EvidenceTable,
  FactsTable,
  FilesTable,
  LifeCycleMovesTable,
  TopicsTable,
  TopicTextsTable,
} from './tables-checks.js';
import type {
  CardPreviewsTable,
  CardsTable,
  CreativeFramingsTable,
  CreativeSubtitlesTable,
  CreativesTable,
  CreativeTextsTable,
  FormatsTable,
  FormatTextsTable,
  FormatVersionsTable,
  RenditionsTable,
} from './tables-media.js';
import type {
  AppointmentsInForceTable,
  AppointmentsTable,
  DevicesTable,
  EventSeatsTable,
  EventsTable,
  EventTextsTable,
  IdempotencyKeysTable,
  LinkRelationsTable,
  MembersTable,
  OrganisationsTable,
  OrganisationTextsTable,
  RateLimitsTable,
  SessionsTable,
  SilenceWindowsTable,
  TitlesTable,
  TitleTextsTable,
  UnitLinksTable,
  UnitParentsTable,
  UnitPathsTable,
  UnitsTable,
  UnitTextsTable,
  UnitTypesTable,
  UnitTypeTextsTable,
} from './tables-organisation.js';
import type {
  AuditPayloadsTable,
  AuditTable,
  IndexAcksTable,
  IndexChangesTable,
  IndexFollowersTable,
  LivePacksTable,
  PackCaptionsTable,
  PackContributorsTable,
  PackFactsTable,
  PackRenditionsTable,
  PacksTable,
  PackTalkingPointsTable,
  PackTextsTable,
  PackVersionsTable,
  ReachReportsTable,
  RecallsTable,
  ReceiptsTable,
  ReleasesTable,
  ReleaseUnitsTable,
} from './tables-packs.js';
import type {
  MediaPrintsTable,
  MediaSearchesTable,
  PictureAsksTable,
  PictureKeysTable,
  PicturePrintsTable,
  SoundKeysTable,
  SoundPrintsTable,
} from './tables-prints.js';
import type { UploadsTable } from './tables-uploads.js';

/**
 * Rows as the application's login sees them, camelCase (Kysely's CamelCasePlugin). Times are ISO strings, days
 * `YYYY-MM-DD`, jsonb is written as text. A test compares this with the database's own catalogue.
 */
export interface Tables {
  answersSeen: AnswersSeenTable;
  appointments: AppointmentsTable;
  appointmentsInForce: AppointmentsInForceTable;
  audit: AuditTable;
  auditPayloads: AuditPayloadsTable;
  checkContributors: CheckContributorsTable;
  cards: CardsTable;
  cardPreviews: CardPreviewsTable;
  checkEvidence: CheckEvidenceTable;
  checkTexts: CheckTextsTable;
  checkVersions: CheckVersionsTable;
  checks: ChecksTable;
  claimAppearances: ClaimAppearancesTable;
  claimMedia: ClaimMediaTable;
  claims: ClaimsTable;
  clusterActs: ClusterActsTable;
  clusters: ClustersTable;
  creativeTexts: CreativeTextsTable;
  creativeFramings: CreativeFramingsTable;
  creativeSubtitles: CreativeSubtitlesTable;
  creatives: CreativesTable;
  devices: DevicesTable;
  eventSeats: EventSeatsTable;
  eventTexts: EventTextsTable;
  events: EventsTable;
  evidence: EvidenceTable;
  files: FilesTable;
  formatTexts: FormatTextsTable;
  formatVersions: FormatVersionsTable;
  formats: FormatsTable;
  idempotencyKeys: IdempotencyKeysTable;
  indexAcks: IndexAcksTable;
  indexChanges: IndexChangesTable;
  indexFollowers: IndexFollowersTable;
  lifeCycleMoves: LifeCycleMovesTable;
  linkRelations: LinkRelationsTable;
  mediaPrints: MediaPrintsTable;
  mediaSearches: MediaSearchesTable;
  members: MembersTable;
  organisationTexts: OrganisationTextsTable;
  organisations: OrganisationsTable;
  packCaptions: PackCaptionsTable;
  packContributors: PackContributorsTable;
  packFacts: PackFactsTable;
  packRenditions: PackRenditionsTable;
  packTalkingPoints: PackTalkingPointsTable;
  packTexts: PackTextsTable;
  packVersions: PackVersionsTable;
  packs: PacksTable;
  pictureAsks: PictureAsksTable;
  pictureKeys: PictureKeysTable;
  picturePrints: PicturePrintsTable;
  rateLimits: RateLimitsTable;
  reachReports: ReachReportsTable;
  recalls: RecallsTable;
  receipts: ReceiptsTable;
  releaseUnits: ReleaseUnitsTable;
  releases: ReleasesTable;
  renditions: RenditionsTable;
  sessions: SessionsTable;
  silenceWindows: SilenceWindowsTable;
  soundKeys: SoundKeysTable;
  soundPrints: SoundPrintsTable;
  titleTexts: TitleTextsTable;
  titles: TitlesTable;
  topicTexts: TopicTextsTable;
  topics: TopicsTable;
  unitLinks: UnitLinksTable;
  unitParents: UnitParentsTable;
  unitPaths: UnitPathsTable;
  unitTexts: UnitTextsTable;
  unitTypeTexts: UnitTypeTextsTable;
  unitTypes: UnitTypesTable;
  units: UnitsTable;
  uploads: UploadsTable;
  facts: FactsTable;
  livePacks: LivePacksTable;
}
