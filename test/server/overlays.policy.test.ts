import { describe, expect, it } from 'vitest';
import { aiDeclarations, languages, verdictCodes } from '../../server/contract/lists.js';
import {
  disclosureWords,
  type OverlayFacts,
  overlaysFor,
  stampWords,
} from '../../server/creatives/overlays.policy.js';
import { codes as english } from '../../ui/i18n/en/codes.js';
import { codes as hindi } from '../../ui/i18n/hi/codes.js';

const nothing: OverlayFacts = {
  ...{ format: { kind: 'image', platforms: ['instagram'] }, language: null, aiDeclaration: 'none' },
  ...{ stamp: null, issuedBy: null, imprint: null, subtitles: null, disclosureShare: 0.1 },
};
const cues = 'a'.repeat(64);
const imprint = { printer: 'अ प्रेस, जयपुर', publisher: 'ब मंच, जयपुर', copies: 125000 };

describe('what a rendition has to carry', () => {
  it('is nothing for a plain creative, and nothing that is drawn for a sound', () => {
    expect(overlaysFor(nothing)).toEqual([]);
    const sound: OverlayFacts = { ...nothing, format: { kind: 'audio', platforms: ['whatsapp'] } };
    expect(overlaysFor({ ...sound, aiDeclaration: 'generated', stamp: { verdict: 'false' } })).toEqual([]);
  });

  it('is a disclosure of the share the organisation set, for everything AI had a hand in', () => {
    for (const aiDeclaration of aiDeclarations.filter((one) => one !== 'none')) {
      expect(overlaysFor({ ...nothing, aiDeclaration, disclosureShare: 0.15 })).toEqual([
        { kind: 'disclosure', text: disclosureWords[aiDeclaration].hi, share: 0.15, mark: aiDeclaration },
      ]);
    }
    const [english] = overlaysFor({ ...nothing, aiDeclaration: 'generated', language: 'en' });
    expect(english).toMatchObject({ text: 'AI-Generated' });
  });

  it('is the stamp of a misleading original, in the words the interface has for the verdict', () => {
    for (const verdict of verdictCodes) {
      expect(stampWords[verdict]).toEqual({ hi: hindi.verdict[verdict], en: english.verdict[verdict] });
      for (const language of languages) {
        const word = stampWords[verdict][language];
        expect(overlaysFor({ ...nothing, stamp: { verdict }, language })).toEqual([
          { kind: 'stamp', word, mark: verdict },
        ]);
      }
    }
  });

  it('is a label in the language asked for, subtitles on videos, and the imprint on print alone', () => {
    const issuedBy = { hi: 'मंच द्वारा जारी', en: 'Issued by Forum' };
    const all = { ...nothing, issuedBy, imprint, subtitles: cues };
    expect(overlaysFor(all)).toEqual([{ kind: 'label', text: issuedBy.hi }]);
    expect(overlaysFor({ ...all, issuedBy: { en: 'Issued by Forum' } })).toEqual([
      { kind: 'label', text: 'Issued by Forum' },
    ]);
    const video = overlaysFor({ ...all, language: 'en', format: { kind: 'video', platforms: ['x'] } });
    expect(video).toEqual([
      { kind: 'subtitles', cues },
      { kind: 'label', text: issuedBy.en },
    ]);
    const print = overlaysFor({ ...all, issuedBy: null, format: { kind: 'image', platforms: ['print'] } });
    expect(print).toEqual([
      { kind: 'imprint', text: 'मुद्रक: अ प्रेस, जयपुर · प्रकाशक: ब मंच, जयपुर · प्रतियाँ: 1,25,000' },
    ]);
  });
});
