import type { StoredFile } from '../../pipeline/files/file-store.js';
import type { Change } from '../audit/change.js';
import { type CardDraft, cardMime } from '../contract/card.js';
import type { Creative } from '../contract/creative.js';
import type { AiDeclaration } from '../contract/lists.js';
import type { CreativesService } from '../creatives/creatives.service.js';
import type { Database, DatabaseTransaction } from '../database/database.js';
import type { Viewer } from '../database/visibility.js';
import { AppError } from '../errors.js';
import type { Actor } from '../sessions/actor.js';
import { demand, ownerUnitFor } from '../sessions/permission.policy.js';
import { type CardImage, cardDocument, describeCard, draftProblems, sentences } from './cards.policy.js';
import { type CardFact, findCardFact, insertCard } from './cards.repository.js';

export interface CardsService {
  /**
   * Makes a card of a verified fact: a creative like any other, drawn anew for every format. `origin` is where the
   * caller reaches the program; the code leads there unless the settings name a public address.
   */
  create(actor: Actor, factId: string, draft: CardDraft, where: { origin: string }): Promise<Creative>;
}

export interface CardsDependencies {
  db: Database;
  change: Change;
  audiences: { of(actor: Actor, within?: DatabaseTransaction): Promise<Viewer> };
  creatives: Pick<CreativesService, 'read' | 'generate' | 'readIn'>;
  /** Puts a text into the file store. */
  keepText(text: string): Promise<StoredFile>;
  /** Without a slash at its end; null when the settings name none. */
  publicUrl: string | null;
}

/** A card with a synthetic picture on it is a work that holds synthetic parts. */
const declarations: Readonly<Record<AiDeclaration, AiDeclaration>> = {
  none: 'none',
  enhanced: 'enhanced',
  composite: 'composite',
  generated: 'composite',
};

export function createCardsService(dependencies: CardsDependencies): CardsService {
  const { db, change, audiences, creatives, keepText, publicUrl } = dependencies;

  async function factFor(actor: Actor, id: string, tx: Database | DatabaseTransaction): Promise<CardFact> {
    const fact = await findCardFact(tx, await audiences.of(actor), id);
    if (!fact) throw new AppError('not_found');
    if (fact.state !== 'verified') throw new AppError('wrong_state', { messages: sentences.notVerified });
    return fact;
  }

  /** The unit a card belongs to: the maker's, but one of a restricted fact stays with the fact. */
  function ownerOf(actor: Actor, { restricted, ownerPath, ownerUnitId }: CardFact): string {
    if (!restricted) return ownerUnitFor(actor, 'creatives.write');
    demand(actor, 'creatives.write', { ownerPath, restricted });
    return ownerUnitId;
  }

  /** Throws `invalid_input` for what cannot go on this card; a picture the actor may not know of is no picture. */
  async function imageFor(actor: Actor, fact: CardFact, id: string | undefined) {
    if (id === undefined) return null;
    const messages = sentences.imageUnfit;
    const unfit = new AppError('invalid_input', { fields: [{ path: '/imageCreativeId', messages }] });
    const image = await creatives.read(actor, id).catch((error: unknown) => {
      throw error instanceof AppError && error.code === 'not_found' ? unfit : error;
    });
    const { kind, origin, inspection, restricted } = image;
    if (kind !== 'image' || origin !== 'uploaded' || inspection !== 'ready') throw unfit;
    // What is restricted does not go out by way of a fact that is not.
    if (restricted && !fact.restricted) throw unfit;
    return image;
  }

  return {
    async create(actor, factId, draft, { origin }) {
      demand(actor, 'creatives.write');
      const fact = await factFor(actor, factId, db);
      const ownerUnitId = ownerOf(actor, fact);
      const fields = draftProblems(fact, draft);
      if (fields.length > 0) throw new AppError('invalid_input', { fields });
      const picture = await imageFor(actor, fact, draft.imageCreativeId);
      const image: CardImage | null = picture && {
        id: picture.id,
        sha256: picture.sha256,
        focal: picture.focal,
        credit: picture.credit,
      };
      const address = `${publicUrl ?? origin}/library/${factId}`;
      const document = cardDocument(fact, draft, { image, address });
      const file = await keepText(JSON.stringify(document));

      return change(actor, async (context) => {
        const { tx, audit } = context;
        await factFor(actor, factId, tx);
        const { template, language } = draft;
        const originalName = `fact-card-${factId.slice(-8)}-${language}.json`;
        const credit = fact.organisation[language] ?? fact.organisation.hi ?? fact.organisation.en ?? '';
        const creativeId = await creatives.generate(context, {
          file: { ...file, mime: cardMime, kind: 'image', originalName },
          fields: {
            credit: credit.slice(0, 300),
            rights: picture?.rights ?? '',
            aiDeclaration: declarations[picture?.aiDeclaration ?? 'none'],
          },
          madeFrom: factId,
          texts: describeCard(fact, draft),
          ownerUnitId,
          createdBy: actor.memberId,
        });
        await insertCard(tx, {
          creativeId,
          template,
          language,
          leadsTo: address,
          imageCreativeId: image?.id ?? null,
        });
        const payload = {
          factId,
          template,
          language,
          claim: document.texts.claim,
          imageCreativeId: image?.id ?? null,
        };
        audit({ act: 'card.made', objectKind: 'creative', objectId: creativeId, payload });
        return creatives.readIn(tx, creativeId);
      });
    },
  };
}
